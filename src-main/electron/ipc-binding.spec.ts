import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP_CHANNELS } from '../../src-contract/desktop-channels.ts';
import { pageBridge } from './testing/page-client.ts';
import { ShellFolder, startShell } from './testing/shell-fixture.ts';

const folder = new ShellFolder();
beforeAll(() => folder.fill());
afterAll(() => folder.remove());

const CALL = '{"t":"call","id":1,"channel":"settings.get","args":{}}';

async function startConnected() {
  const app = await startShell(folder.files);
  const received: string[] = [];
  const listen = (index = 0) => pageBridge(app.window(index).page).onMessage((text) => received.push(text));
  listen();
  await app.double.settled();
  return { ...app, received, listen };
}

describe('the page of a window', () => {
  it('is connected when it listens, and hears the hello', async () => {
    const { engine, received } = await startConnected();
    expect(engine.windows.map((client) => client.identity)).toEqual([{ kind: 'window', title: 'Window 1' }]);
    expect(received.map((text) => (JSON.parse(text) as { t: string }).t)).toEqual(['hello']);
  });

  it('sends to the engine and hears what the engine says', async () => {
    const { double, engine, received, window } = await startConnected();
    pageBridge(window().page).send(CALL);
    await double.settled();
    expect(engine.windows[0]?.received).toEqual([JSON.parse(CALL)]);
    engine.windows[0]?.deliver({ t: 'ok', id: 1, value: 5 });
    await double.settled();
    expect(received.at(-1)).toBe('{"t":"ok","id":1,"value":5}');
  });

  it('sees nothing of Electron or Node but the bridge', async () => {
    const { window } = await startConnected();
    const page = window().page;
    expect(Object.keys(page?.world ?? {})).toEqual(['pulse']);
    expect(Object.keys(pageBridge(page)).sort()).toEqual(['onMessage', 'platform', 'send']);
  });

  it('hears nothing after it stopped listening', async () => {
    const { double, engine, window } = await startConnected();
    const late: string[] = [];
    pageBridge(window().page).onMessage((text) => late.push(text))();
    engine.windows[0]?.deliver({ t: 'ok', id: 1, value: 5 });
    await double.settled();
    expect(late).toEqual([]);
  });

  it('is connected anew after a reload, and hears nothing that was meant for the page before', async () => {
    const { double, engine, received, window, listen } = await startConnected();
    const [before] = engine.windows;
    window().contents.reload();
    await double.settled();
    received.length = 0;
    before?.deliver({ t: 'ok', id: 1, value: 'old' });
    listen();
    await double.settled();
    expect(before?.open).toBe(false);
    expect(engine.windows).toHaveLength(1);
    expect(received).toHaveLength(1);
    expect(received[0]).toContain('hello');
  });

  it('is let go when its window closes', async () => {
    const { engine, window } = await startConnected();
    window().close();
    expect(engine.windows).toEqual([]);
    engine.clients.at(-1)?.deliver({ t: 'ok', id: 1, value: 5 });
  });

  it('has a connection of its own in every window', async () => {
    const { double, engine, listen } = await startConnected();
    double.system.applicationMenu?.choose('New Window');
    await double.settled();
    listen(1);
    await double.settled();
    expect(engine.windows.map((client) => client.identity.title)).toEqual(['Window 1', 'Window 2']);
  });
});

describe('a message', () => {
  async function refusal(send: (app: Awaited<ReturnType<typeof startConnected>>) => void): Promise<unknown> {
    const app = await startConnected();
    send(app);
    await app.double.settled();
    expect(app.engine.windows[0]?.received).toEqual([]);
    expect(app.engine.windows).toHaveLength(1);
    return app.warnings.at(-1)?.['reason'];
  }
  const visit = '1000001';

  it('is refused from a foreign page', async () => {
    const reason = await refusal(({ window }) => {
      window().sendFrom(window().frame('https://example.com/'), DESKTOP_CHANNELS.toEngine, CALL, visit);
    });
    expect(reason).toBe('it comes from a foreign page');
  });

  it('is refused from a frame inside the page', async () => {
    const reason = await refusal(({ window }) => {
      const inside = window().frame('app://pulsedesk/', window().frame());
      window().sendFrom(inside, DESKTOP_CHANNELS.toEngine, CALL, visit);
    });
    expect(reason).toBe('it comes from a frame inside the page');
  });

  it('is refused from a frame that is gone', async () => {
    const reason = await refusal(({ window }) => {
      window().sendFrom(null, DESKTOP_CHANNELS.toEngine, CALL, visit);
    });
    expect(reason).toBe('its frame is gone');
  });

  it('is refused from a window that is not ours', async () => {
    const reason = await refusal(({ double, window }) => {
      const { options } = window();
      const Window = double.electron.BrowserWindow;
      new Window(options);
      window(1).sendFrom(window(0).frame(), DESKTOP_CHANNELS.toEngine, CALL, visit);
    });
    expect(reason).toBe('it comes from no window of ours');
  });

  it.each([
    [[{ t: 'call' }, visit], 'it is no text'],
    [[CALL], 'it is no text'],
    [[CALL, visit, 'more'], 'it is no text'],
    [['x'.repeat(64 * 1024 + 1), visit], 'it has 65537 characters; at most 65536 are accepted'],
    [[CALL, 'x'.repeat(65)], 'its page load is no short text'],
  ])('of the wrong form is refused (%#)', async (args, reason) => {
    const found = await refusal(({ window }) => {
      window().sendFrom(window().frame(), DESKTOP_CHANNELS.toEngine, ...args);
    });
    expect(found).toBe(reason);
  });

  it('of an earlier page load goes nowhere', async () => {
    const reason = await refusal(({ window }) => {
      window().sendFrom(window().frame(), DESKTOP_CHANNELS.toEngine, CALL, 'earlier');
    });
    expect(reason).toBeUndefined();
  });

  it('refused a thousand times is logged ten times', async () => {
    const { double, warnings, window } = await startConnected();
    for (let count = 0; count < 1000; count++)
      window().sendFrom(null, DESKTOP_CHANNELS.toEngine, CALL, visit);
    await double.settled();
    expect(warnings).toHaveLength(10);
  });
});
