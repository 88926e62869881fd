import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebFrameMain } from 'electron';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FeedName, FeedParams } from '../../src-contract/channels.ts';
import type { FeedView, LinkState } from '../../src-contract/client.ts';
import { DESKTOP_CHANNELS } from '../../src-contract/desktop-channels.ts';
import { feedKey } from '../../src-contract/feed-keys.ts';
import { WireClient } from '../../src-contract/wire-client.ts';
import { systemClock } from '../lib/clock.ts';
import type { DoubleWindow } from './testing/double-window.ts';
import { ElectronDouble } from './testing/electron-double.ts';
import { pageTransport } from './testing/page-client.ts';
import { runBuiltMain } from './testing/run-built-main.ts';

const MAIN = join(import.meta.dirname, '../../out/main/index.js');
const folders: string[] = [];
const running: ElectronDouble[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bundle-'));
  folders.push(folder);
  return folder;
}

async function launch(args: readonly string[], folder = newFolder()): Promise<ElectronDouble> {
  const double = new ElectronDouble();
  running.push(double);
  await runBuiltMain(MAIN, double, ['--data', folder, '--log-level', 'error', ...args]);
  double.becomeReady();
  return double;
}

/** The first window of the app, once its page is there. */
async function firstWindow(double: ElectronDouble): Promise<DoubleWindow> {
  const window = await vi.waitUntil(() => double.windows.find(({ page }) => page !== null), {
    timeout: 20_000,
  });
  await double.settled();
  return window;
}

function clientOf(window: DoubleWindow): WireClient {
  return new WireClient({
    transport: pageTransport(window.page),
    after: (ms, fn) => systemClock.after(ms, fn),
    now: () => systemClock.now(),
    keyOf: feedKey,
  });
}

function live(client: WireClient): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.onLink(({ state }) => {
      if (state !== 'live') return;
      stop();
      resolve();
    });
    if (client.link.state === 'live') resolve();
  });
}

/** The first state of a feed that fulfils `wanted`. */
function stateOf<N extends FeedName>(
  client: WireClient,
  feed: N,
  params: FeedParams<N>,
  wanted: (view: FeedView<N>) => boolean,
): Promise<FeedView<N>> {
  return new Promise((resolve) => {
    const close = client.open(feed, params, (view) => {
      if (!wanted(view)) return;
      // Not from inside `open`, which has not answered yet.
      queueMicrotask(() => close());
      resolve(view);
    });
  });
}

async function quit(double: ElectronDouble): Promise<number> {
  double.electron.app.quit();
  return double.ended;
}

afterAll(async () => {
  for (const double of running) if (double.exitCode === null) await quit(double);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the built desktop app', () => {
  let double: ElectronDouble;
  let window: DoubleWindow;
  beforeAll(async () => {
    double = await launch(['--demo', '--seed', '7']);
    window = await firstWindow(double);
  });
  afterAll(async () => {
    expect(await quit(double)).toBe(0);
  });

  it('serves its page over app:// and nothing else', async () => {
    expect(window.loads).toEqual(['app://pulsedesk/']);
    const page = await (await double.request('app://pulsedesk/portfolios/growth-one')).text();
    const script = /<script type="module"[^>]*src="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = await double.request(`app://pulsedesk${script}`);
    expect(answer.headers.get('content-type')).toContain('text/javascript');
    expect((await double.request('app://pulsedesk/..%2f..%2fpackage.json')).status).toBe(403);
  });

  it('lets the page ask, and follow what changes', async () => {
    const client = clientOf(window);
    await live(client);
    expect(client.link).toMatchObject({ state: 'live', env: 'demo' });
    const report = await client.call('system.status', {});
    expect(report).toHaveProperty('version');
    const view = await stateOf(client, 'portfolios', {}, ({ state }) => (state?.rows.size ?? 0) >= 40);
    expect(view.state?.rows.size).toBe(40);
    client.close();
  });

  it('serves a page that is loaded again from a fresh snapshot', async () => {
    const before = clientOf(window);
    await live(before);
    window.contents.reload();
    await double.settled();
    const after = clientOf(window);
    await live(after);
    const view = await stateOf(after, 'portfolios', {}, ({ status }) => status.status === 'live');
    expect(view.state?.rows.size).toBe(40);
    const clients = await stateOf(after, 'clients', {}, ({ state }) => state !== null);
    const windows = [...(clients.state?.rows.values() ?? [])].filter(({ kind }) => kind === 'window');
    expect(windows.map(({ title }) => title)).toEqual(['Window 1']);
  });

  it('shows a second instance its first window, on the page of its link', async () => {
    double.emit('second-instance', ['pulsedesk', 'pulsedesk://portfolio/growth-one'], '/');
    expect(window.scripts.join()).toContain('/portfolios/growth-one');
    expect(double.emit('open-url', 'pulsedesk://system').defaultPrevented).toBe(true);
    expect(window.scripts.join()).toContain('/system');
  });

  it('keeps its window while the engine is down, and is live again by itself', async () => {
    const client = clientOf(window);
    await live(client);
    const down = new Promise<LinkState>((resolve) => {
      client.onLink((link) => link.state === 'connecting' && resolve(link));
    });
    client.call('drill.run', { drill: 'stop_engine' }).catch(() => undefined);
    expect((await down).state).toBe('connecting');
    await live(client);
    expect(double.windows).toEqual([window]);
    client.close();
  });

  it('hears its own page, and the same words from no other frame', async () => {
    const client = clientOf(window);
    await live(client);
    const visit = String(window.page?.timeOrigin);
    const words = '{"t":"call","id":99,"channel":"environment.set","args":{"name":"ENV"}}';
    const send = (frame: WebFrameMain, env: string) =>
      window.sendFrom(frame, DESKTOP_CHANNELS.toEngine, words.replace('ENV', env), visit);
    send(window.frame('https://example.com/'), 'foreign');
    send(window.frame('app://pulsedesk/', window.frame()), 'framed');
    send(window.frame(), 'own');
    await stateOf(client, 'status', {}, ({ state }) => state?.head.env === 'own');
    const { items } = await client.call('audit.list', {});
    expect(JSON.stringify(items)).not.toMatch(/foreign|framed/);
    client.close();
  });
});

describe('the built desktop app, started', () => {
  it('with a port, answers there and says so like the headless host', async () => {
    const lines: string[] = [];
    const write = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((chunk) => lines.push(String(chunk)) > 0);
    try {
      const double = await launch(['--demo', '--port', '0']);
      const line = await vi.waitUntil(() => lines.find((text) => text.includes('"ready"')), {
        timeout: 20_000,
      });
      const ready = JSON.parse(line) as { ready: boolean; url: string; pid: number };
      expect(ready).toMatchObject({ ready: true, pid: process.pid });
      expect((await fetch(`${ready.url}/health/live`)).status).toBe(200);
      expect(await quit(double)).toBe(0);
      await expect(fetch(`${ready.url}/health/live`)).rejects.toThrow();
    } finally {
      write.mockRestore();
    }
  });

  it('stops cleanly within 5 s and lets the next one have its folder', async () => {
    const folder = newFolder();
    const first = await launch(['--demo'], folder);
    await firstWindow(first);
    const begun = performance.now();
    expect(await quit(first)).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5000);
    const second = await launch(['--demo'], folder);
    await firstWindow(second);
    expect(await quit(second)).toBe(0);
  });

  it('on a folder in use by another program, is refused with 3', async () => {
    const folder = newFolder();
    const first = await launch(['--demo'], folder);
    await firstWindow(first);
    const second = await launch(['--demo'], folder);
    expect(await second.ended).toBe(3);
    expect(second.windows).toEqual([]);
  });

  it('a second time on its folder, is refused with 3', async () => {
    const double = new ElectronDouble();
    double.lockTaken = true;
    await runBuiltMain(MAIN, double, ['--data', newFolder()]);
    expect(double.exitCode).toBe(3);
  });

  it('with a bad option, is refused with 2', async () => {
    const double = await launch(['--port', 'many']);
    expect(double.exitCode).toBe(2);
  });

  it('with switches of the runtime and a deep link, opens on its page', async () => {
    const double = await launch(['--demo', '--no-sandbox', '--force-dark-mode', 'pulsedesk://settings']);
    expect((await firstWindow(double)).loads).toEqual(['app://pulsedesk/settings']);
  });
});
