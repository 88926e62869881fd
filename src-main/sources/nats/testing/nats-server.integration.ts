import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startNatsServer } from './nats-server.ts';
import { makeStream, priceMessage, publishAll } from './publish.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pulsedesk-fixture-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('startNatsServer', () => {
  it('keeps what its streams hold over a kill and a restart, and answers on the same port', async () => {
    const server = await startNatsServer();
    await makeStream(server.url, 'dev');
    expect(await publishAll(server.url, [priceMessage('dev', 'AAPL', 150)])).toBe(1);
    const { port, pid } = server;
    await server.kill('SIGKILL');
    await server.restart();
    expect(server.port).toBe(port);
    expect(server.pid).not.toBe(pid);
    expect(await publishAll(server.url, [priceMessage('dev', 'AAPL', 151)])).toBe(1);
    await server.stop();
    expect(existsSync(`/proc/${server.pid}`)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    await expect(connect({ servers: server.url, reconnect: false })).rejects.toThrow('connection refused');
  });

  it('leaves nothing behind when the server does not start', async () => {
    await expect(startNatsServer({ config: 'authorization { nonsense' })).rejects.toThrow(
      'nats-server ended',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing behind when the server does not let it in', async () => {
    const config = 'authorization { token: t0ken }';
    await expect(startNatsServer({ config })).rejects.toThrow('Authorization Violation');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('publishAll', () => {
  it('waits for every acknowledgement, and rejects when there is no stream', async () => {
    const server = await startNatsServer();
    const messages = Array.from({ length: 10_000 }, (_, index) => priceMessage('dev', 'AAPL', 100 + index));
    await expect(publishAll(server.url, messages)).rejects.toThrow('no stream takes the subject in');
    await makeStream(server.url, 'dev');
    expect(await publishAll(server.url, messages)).toBe(10_000);
    await server.stop();
  });
});
