import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import type { ListenOptions } from '../options/host-options.ts';
import { FakeEngineHost } from './fake-engine-host.ts';
import { startHttpHost } from './http-host.ts';

const open: ListenOptions = { host: '127.0.0.1', port: 0, token: null, readToken: null, allowedHosts: [] };

async function start(listen: Partial<ListenOptions> = {}) {
  const engine = new FakeEngineHost();
  const host = await startHttpHost({
    engine,
    listen: { ...open, ...listen },
    version: '1.2.3',
    dataFolder: '/nowhere',
    clock: systemClock,
    log: silentLog,
    rendererFolder: '/nowhere',
  });
  onTestFinished(() => host.stop());
  return { engine, host };
}

async function freePort(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.close();
    await once(server, 'close');
  };
  return { port: (server.address() as AddressInfo).port, close };
}

describe('startHttpHost', () => {
  it('takes any free port, says which, and is ready at once', async () => {
    const { host } = await start();
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
    expect((await fetch(`${host.url}/health/ready`)).status).toBe(200);
  });

  it.each([
    ['0.0.0.0', /^http:\/\/127\.0\.0\.1:\d+$/],
    ['::1', /^http:\/\/\[::1\]:\d+$/],
    ['localhost', /^http:\/\/localhost:\d+$/],
  ])('on %s names an address that this machine reaches', async (host, url) => {
    const started = await start({ host, token: 'sesame' });
    expect(started.host.url).toMatch(url);
    expect((await fetch(`${started.host.url}/health/live`)).status).toBe(200);
  });

  it('names the port that is taken and what to do, and leaves the engine alone', async () => {
    const { port, close } = await freePort();
    onTestFinished(close);
    const words = `port ${port} of 127.0.0.1 is in use by another program: stop it, or choose another with --port`;
    await expect(start({ port })).rejects.toThrow(words);
  });

  it('says that an address is not of this machine', async () => {
    await expect(start({ host: '192.0.2.1', token: 'x' })).rejects.toThrow('not an address of this machine');
  });

  it('frees its port and its place at the engine when it stops', async () => {
    const { engine, host } = await start();
    await host.stop();
    await expect(fetch(`${host.url}/health/live`)).rejects.toThrow();
    expect([engine.listeners, engine.connections[0]?.closed]).toEqual([0, true]);
  });
});
