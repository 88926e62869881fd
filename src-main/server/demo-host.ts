import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll } from 'vitest';
import type { SettingsPatch } from '../../src-contract/settings.ts';

const ENTRY = join(import.meta.dirname, '../../out/main/serve.js');

/** What a host answered: its status, the `content-type`, and the JSON it sent. */
export interface HostAnswer<T> {
  status: number;
  type: string | null;
  body: T;
}

/** A host that tests share. */
export interface DemoHost {
  /** The whole address of a path; known once the tests run. */
  address(path: string): string;
  /** Sends a request, with a body as JSON. */
  ask<T = object>(method: string, path: string, body?: object): Promise<HostAnswer<T>>;
}

/**
 * The built headless host in demo with seed 7 and a data folder of its own, for all tests of a file: it is started
 * before the first and killed after the last. `settings` are what its data folder has kept.
 */
export function demoHost(settings: SettingsPatch = {}): DemoHost {
  let folder = '';
  let url = '';
  let child: ChildProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pulsedesk-host-'));
    writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
    const { PATH = '', HOME = folder } = process.env;
    const options = ['--data', folder, '--port', '0', '--demo', '--seed', '7'];
    const host = spawn(process.execPath, [ENTRY, ...options], {
      env: { PATH, HOME },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child = host;
    const [line] = (await once(createInterface({ input: host.stdout }), 'line')) as [string];
    url = (JSON.parse(line) as { url: string }).url;
  });
  afterAll(async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  const address = (path: string): string => `${url}${path}`;
  return {
    address,
    async ask<T>(method: string, path: string, body?: object): Promise<HostAnswer<T>> {
      const sent =
        body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const answer = await fetch(address(path), { method, ...sent });
      return {
        status: answer.status,
        type: answer.headers.get('content-type'),
        body: (await answer.json()) as T,
      };
    },
  };
}
