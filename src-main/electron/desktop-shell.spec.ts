import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src-contract/settings.ts';
import { EngineDouble } from './testing/engine-double.ts';
import { ShellFolder, startShell, type StartShell } from './testing/shell-fixture.ts';

const folder = new ShellFolder();
beforeAll(() => folder.fill());
beforeEach(() => folder.forget());
afterAll(() => folder.remove());

const start = (options: StartShell = {}) => startShell(folder.files, options);
const light = {
  ...DEFAULT_SETTINGS,
  appearance: { ...DEFAULT_SETTINGS.appearance, theme: 'light' as const },
};

describe('the desktop shell', () => {
  it('opens a window that is shut in, on the first screen', async () => {
    const { window } = await start();
    expect(window().loads).toEqual(['app://pulsedesk/']);
    expect(window().options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    });
    expect(window().options.minWidth).toBe(390);
  });

  it('opens on the page of a deep link, and on the first screen when the link is none of ours', async () => {
    const linked = await start({ link: 'pulsedesk://portfolio/growth-one' });
    expect(linked.window().loads).toEqual(['app://pulsedesk/portfolios/growth-one']);
    const refused = await start({ link: 'pulsedesk://portfolio/../../etc' });
    expect(refused.window().loads).toEqual(['app://pulsedesk/']);
    expect(refused.warnings).toHaveLength(1);
  });

  it('leads the page there is to a deep link without loading it again', async () => {
    const { shell, window } = await start();
    window().minimized = true;
    window().visible = false;
    shell.show('pulsedesk://portfolio/growth-one');
    expect(window().loads).toHaveLength(1);
    expect(window().scripts.join()).toContain('"/portfolios/growth-one"');
    expect(window()).toMatchObject({ minimized: false, visible: true });
  });

  it('opens a window for a deep link when there is none', async () => {
    const { double, shell, window } = await start();
    window().close();
    shell.show('pulsedesk://system');
    await double.settled();
    expect(window().loads).toEqual(['app://pulsedesk/system']);
  });

  it('shows the window used last', async () => {
    const { double, shell, window } = await start();
    double.system.applicationMenu?.choose('New Window');
    await double.settled();
    window(0).focus();
    shell.show('pulsedesk://settings');
    expect(window(0).scripts).toHaveLength(1);
    expect(window(1).scripts).toHaveLength(0);
  });

  it('opens no more than 16 windows', async () => {
    const { double } = await start();
    for (let more = 0; more < 20; more++) double.system.applicationMenu?.choose('New Window');
    expect(double.windows).toHaveLength(16);
  });

  it('remembers where a window was, and opens the next one a step beside it', async () => {
    const bounds = { x: 300, y: 200, width: 900, height: 700 };
    const first = await start();
    first.window().bounds = bounds;
    first.window().close();
    const second = await start();
    expect(second.window().options).toMatchObject(bounds);
    second.double.system.applicationMenu?.choose('New Window');
    expect(second.window(1).options).toMatchObject({ x: 328, y: 228 });
  });

  it('opens maximized what was maximized', async () => {
    const first = await start();
    first.window().maximized = true;
    await first.shell.stop();
    expect((await start()).window().maximized).toBe(true);
  });

  it('shows the background of the theme in the settings from the first moment of the next start', async () => {
    const { double, engine, window, settings } = await start();
    expect(window().options.backgroundColor).toBe('#0e0f12');
    engine.changeSettings(light);
    expect(settings.at(-1)).toEqual(light);
    expect(window().background).toBe('#f5f6f8');
    expect(double.electron.nativeTheme.themeSource).toBe('light');
    const starting = new EngineDouble();
    starting.silent = true;
    expect((await start({ engine: starting })).window().options.backgroundColor).toBe('#f5f6f8');
  });

  it('follows the system while the settings say so', async () => {
    const { double, window } = await start();
    double.system.changeTheme(false);
    expect(window().background).toBe('#f5f6f8');
  });

  it('goes to the screens of the menu', async () => {
    const { double, window } = await start();
    const menu = double.system.applicationMenu;
    expect(menu?.labels).toEqual(expect.arrayContaining(['New Window', 'Overview', 'editMenu', 'reload']));
    expect(menu?.labels).not.toContain('toggleDevTools');
    menu?.choose('System');
    expect(window().scripts.join()).toContain('"/system"');
  });

  it('offers developer tools only while it is not packaged', async () => {
    const { double, window } = await start({ packaged: false });
    expect(double.system.applicationMenu?.labels).toContain('toggleDevTools');
    expect(window().options.webPreferences?.devTools).toBe(true);
  });

  it('says in the tray how the engine is, shows a window and quits', async () => {
    const { double, engine, window } = await start();
    expect(double.system.tray?.menu?.labels).toContain('Receiving and storing events');
    engine.change({ state: 'restarting', since: 0, reason: 'out of memory', attempt: 1 });
    expect(double.system.tray?.toolTip).toBe('PulseDesk: Engine stopped, restarting: out of memory');
    window().visible = false;
    double.system.clickTray();
    expect(window().visible).toBe(true);
    double.system.tray?.menu?.choose('Quit');
    await expect(double.ended).resolves.toBe(0);
  });

  it('stops without leaving anything behind', async () => {
    const { clock, double, engine, shell, window } = await start();
    await shell.stop();
    expect(window().visible).toBe(false);
    expect(engine.clients.every((client) => !client.open)).toBe(true);
    expect(engine.stateListeners).toBe(0);
    expect(double.ipcListeners).toBe(0);
    expect(double.schemes).toEqual([['app', false]]);
    expect(double.system.tray?.destroyed).toBe(true);
    expect(clock.pending).toBe(0);
  });
});
