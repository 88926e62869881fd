import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ENTRY = join(import.meta.dirname, '../../out/main/serve.js');

let folder = '';
const running = new Set<ChildProcess>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-serve-'));
});
afterEach(async () => {
  for (const child of running) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the built host without the variables of whoever runs the tests. */
function start(...options: string[]) {
  const { PATH = '', HOME = folder } = process.env;
  const child = spawn(process.execPath, [ENTRY, '--data', folder, ...options], { env: { PATH, HOME } });
  running.add(child);
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return { code: code as number | null, lines, words };
  });
  return { child, output, ended };
}

/** Starts the host and waits for the line that says where it answers. */
async function startReady(...options: string[]) {
  const started = start('--port', '0', ...options);
  const line = await Promise.race([
    once(started.output, 'line').then(([text]) => String(text)),
    started.ended.then(({ words }) => Promise.reject(new Error(words))),
  ]);
  const { url, ...rest } = JSON.parse(line) as { ready: boolean; url: string; pid: number };
  return { ...started, url, line: rest };
}

describe('the headless host as a process', () => {
  it('says in one line where it answers, and is ready then', async () => {
    const { child, ended, url, line } = await startReady('--demo', '--seed', '7');
    expect(line).toEqual({ ready: true, pid: child.pid });
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, state: 'ok', degraded: [] }]);
    const status = (await (await fetch(`${url}/api/system/status`)).json()) as { env: string; demo: object };
    expect([status.env, status.demo]).toEqual(['demo', { on: true, seed: 7 }]);
    expect(await (await fetch(url)).text()).toContain('<title>PulseDesk</title>');
    child.kill('SIGTERM');
    expect((await ended).lines).toHaveLength(1);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends with 0 within 5 s after %s, its database closed',
    async (signal) => {
      const { child, ended } = await startReady('--demo');
      const asked = performance.now();
      child.kill(signal);
      expect((await ended).code).toBe(0);
      expect(performance.now() - asked).toBeLessThan(5000);
      expect(existsSync(join(folder, 'lock.pid'))).toBe(false);
    },
  );

  it('lets a browser keep the icon, which browsers ask for again whenever the address changes', async () => {
    const { url } = await startReady('--demo');
    const [, icon = ''] = /rel="icon" href="([^"]+)"/.exec(await (await fetch(url)).text()) ?? [];
    const answer = await fetch(new URL(icon, url));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(answer.headers.get('cache-control')).toContain('immutable');
  });

  it('refuses a data folder that is in use, and takes it after its holder was killed', async () => {
    const first = await startReady();
    const second = await start('--port', '0').ended;
    expect([second.code, second.lines]).toEqual([3, []]);
    expect(second.words).toContain(`${folder} is in use by process ${first.child.pid}`);
    first.child.kill('SIGKILL');
    await first.ended;
    const third = await startReady();
    expect((await fetch(`${third.url}/health/ready`)).status).toBe(200);
  });

  it.each([
    [['--port', 'x'], '--port takes a port number'],
    [['--prot', '1'], '--prot is not an option'],
    [['--host', '0.0.0.0'], 'it takes a --token'],
    [['--stock-api', 'prices.example'], '--stock-api takes http://host:port'],
  ])('ends with 2 for %j and names the option', async (options, words) => {
    const result = await start(...options).ended;
    expect([result.code, result.lines]).toEqual([2, []]);
    expect(result.words).toContain(words);
    expect(existsSync(join(folder, 'lock.db'))).toBe(false);
  });

  it('ends with 1 when its port is taken, and names it', async () => {
    const { url } = await startReady();
    const port = new URL(url).port;
    const other = join(folder, 'other');
    const { code, words } = await start('--data', other, '--port', port).ended;
    expect(code).toBe(1);
    expect(words).toContain(`port ${port} of 127.0.0.1 is in use by another program`);
  });

  it('ends with 4 for a database from the future, and leaves it as it is', async () => {
    const first = await startReady('--no-demo');
    const report = (await (await fetch(`${first.url}/api/system/status`)).json()) as {
      store: { file: string };
    };
    first.child.kill('SIGTERM');
    await first.ended;
    const file = report.store.file;
    const database = new Database(file);
    database.pragma('user_version = 9999');
    database.close();
    const before = readFileSync(file);
    const { code, words } = await start('--port', '0').ended;
    expect(code).toBe(4);
    expect(words).toContain('9999');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('prints help and version without starting', async () => {
    const help = await start('--help').ended;
    expect([help.code, help.lines[0]]).toEqual([0, 'Usage: npm run serve -- [options]']);
    expect((await start('--version').ended).lines[0]).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('logs JSON lines to standard error and to the data folder, without the token', async () => {
    const { child, ended, url } = await startReady('--token', 'sesame-open');
    await fetch(`${url}/api/system/status`, { headers: { authorization: 'Bearer sesame-open' } });
    child.kill('SIGTERM');
    const { words } = await ended;
    const messages = words
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { message: string }).message);
    expect(messages).toEqual(expect.arrayContaining(['starting', 'ready', 'stopping']));
    expect(readFileSync(join(folder, 'logs', 'pulsedesk.log'), 'utf8')).toContain('"message":"ready"');
    expect(words).not.toContain('sesame-open');
  });
});
