import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src-contract/settings.ts';
import type { ListenOptions } from '../options/host-options.ts';
import { silentLog } from '../lib/log.ts';
import { seededRandom } from '../lib/random.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import { DesktopApp } from './desktop-app.ts';
import { registerPageScheme } from './page-protocol.ts';
import { ElectronDouble } from './testing/electron-double.ts';
import { EngineDouble } from './testing/engine-double.ts';
import { ShellFolder } from './testing/shell-fixture.ts';

const folder = new ShellFolder();
beforeAll(() => folder.fill());
beforeEach(() => folder.forget());
afterAll(() => folder.remove());

interface Given {
  ready?: boolean;
  portGiven?: boolean;
  host?: string;
  startEngine?: () => Promise<EngineDouble>;
  portTaken?: boolean;
  folderTaken?: boolean;
}

function setUp(given: Given = {}) {
  const double = new ElectronDouble({ packaged: true });
  const engine = new EngineDouble();
  const clock = new VirtualClock();
  const seen = {
    printed: [] as string[],
    complaints: [] as string[],
    held: [] as string[],
    apis: [] as ListenOptions[],
  };
  const { host = '127.0.0.1', portGiven = false } = given;
  registerPageScheme(double.electron.protocol);
  const app = new DesktopApp({
    electron: double.electron,
    options: {
      dataFolder: folder.path,
      env: 'demo',
      nats: null,
      stockApi: null,
      stockKey: { key: null, header: null },
      demo: { on: true, seed: 7 },
      listen: { host, port: 4123, token: 'secret', readToken: null, allowedHosts: [] },
      logLevel: 'info',
      batch: { events: 1000, lingerMs: 5 },
      overridden: [],
      portGiven,
    },
    files: folder.files,
    platform: 'linux',
    developmentServer: undefined,
    clock,
    random: seededRandom(1),
    version: '1.2.3',
    lock(path) {
      if (given.folderTaken === true) throw new RangeError(`${path} is in use`);
      seen.held.push('lock');
      return { release: () => void seen.held.splice(0) };
    },
    openLog: () => ({ log: silentLog, writeLine: () => undefined, stop: async () => undefined }),
    startEngine: given.startEngine ?? (async () => engine),
    async startHttp(_engine, listen) {
      if (given.portTaken === true) throw new Error('port 4123 of 127.0.0.1 is in use');
      seen.apis.push(listen);
      return {
        url: `http://${listen.host}:${listen.port}`,
        async stop() {
          seen.apis.splice(seen.apis.indexOf(listen), 1);
        },
      };
    },
    print: (line) => seen.printed.push(line),
    complain: (message) => seen.complaints.push(message),
    exitCodeOf: (error) => (error instanceof RangeError ? 3 : 1),
  });
  if (given.ready !== false) double.becomeReady();
  return { double, engine, clock, app, seen };
}

function localApi(on: boolean, port = 4500): Settings {
  return { ...DEFAULT_SETTINGS, local_api: { on, port } };
}

describe('the desktop app', () => {
  it('opens a window as soon as the engine answers, and says nothing on standard output', async () => {
    const { app, double, seen } = setUp();
    await app.start();
    await double.settled();
    expect(double.windows[0]?.loads).toEqual(['app://pulsedesk/']);
    expect(seen.printed).toEqual([]);
  });

  it('keeps a deep link that comes before the window for it', async () => {
    const { app, double } = setUp();
    app.show('pulsedesk://settings');
    await app.start();
    expect(double.windows[0]?.loads).toEqual(['app://pulsedesk/settings']);
  });

  it('holds its end up until everything has stopped, then ends with 0', async () => {
    const { app, double, engine, seen } = setUp();
    await app.start();
    engine.changeSettings(localApi(true));
    await double.settled();
    const prevented: boolean[] = [];
    app.beforeQuit({ preventDefault: () => prevented.push(true) });
    app.beforeQuit({ preventDefault: () => prevented.push(true) });
    expect(await double.ended).toBe(0);
    expect(prevented).toEqual([true, true]);
    expect(engine.stopped).toBe(true);
    expect(seen.apis).toEqual([]);
    expect(seen.held).toEqual([]);
    app.beforeQuit({ preventDefault: () => prevented.push(true) });
    expect(prevented).toHaveLength(2);
  });

  it('ends with 1 after 4.9 s when the engine does not stop', async () => {
    const { app, clock, double, engine } = setUp();
    engine.stop = () => new Promise(() => undefined);
    await app.start();
    app.beforeQuit({ preventDefault: () => undefined });
    await clock.advance(4_899);
    expect(double.exitCode).toBeNull();
    await clock.advance(1);
    expect(await double.ended).toBe(1);
  });

  it('says why it cannot start, lets go of what it holds and ends with 1', async () => {
    const { app, double, seen } = setUp({
      startEngine: async () => {
        throw new Error('the database is of a later version');
      },
    });
    await app.start();
    expect(await double.ended).toBe(1);
    expect(seen.complaints).toEqual(['the database is of a later version']);
    expect(seen.held).toEqual([]);
    expect(double.windows).toEqual([]);
  });

  it('ends with the code for a data folder that is in use, before it touches anything', async () => {
    const { app, double, seen } = setUp({
      folderTaken: true,
      startEngine: async () => {
        throw new Error('the engine was started');
      },
    });
    await app.start();
    expect(await double.ended).toBe(3);
    expect(seen.complaints).toEqual([`${folder.path} is in use`]);
  });

  it('opens no window before Electron is ready', async () => {
    const { app, double } = setUp({ ready: false });
    const starting = app.start();
    await double.settled();
    expect(double.windows).toEqual([]);
    double.becomeReady();
    await starting;
    expect(double.windows).toHaveLength(1);
  });

  it('opens no window when it is ended while it starts', async () => {
    const engine = new EngineDouble();
    const started = Promise.withResolvers<EngineDouble>();
    const { app, double } = setUp({ startEngine: () => started.promise });
    const starting = app.start();
    app.beforeQuit({ preventDefault: () => undefined });
    started.resolve(engine);
    await starting;
    expect(await double.ended).toBe(0);
    expect(engine.stopped).toBe(true);
    expect(double.windows).toEqual([]);
  });
});

describe('its local API', () => {
  it('follows the settings', async () => {
    const { app, double, engine, seen } = setUp();
    await app.start();
    expect(seen.apis).toEqual([]);
    engine.changeSettings(localApi(true));
    await double.settled();
    expect(seen.apis).toMatchObject([{ host: '127.0.0.1', port: 4500, token: 'secret' }]);
    engine.changeSettings(localApi(false));
    await double.settled();
    expect(seen.apis).toEqual([]);
    expect(engine.audited).toEqual([
      'desktop app local_api.on http://127.0.0.1:4500 ok',
      'desktop app local_api.off http://127.0.0.1:4500 ok',
    ]);
  });

  it('answers on a port that was given, says so, and heeds no settings then', async () => {
    const { app, double, engine, seen } = setUp({ portGiven: true });
    await app.start();
    expect(seen.printed).toEqual([`{"ready":true,"url":"http://127.0.0.1:4123","pid":${process.pid}}`]);
    engine.changeSettings(localApi(false));
    await double.settled();
    expect(seen.apis).toMatchObject([{ port: 4123 }]);
  });

  it('listens on loopback, whatever host was given', async () => {
    const { app, seen } = setUp({ portGiven: true, host: '0.0.0.0' });
    await app.start();
    expect(seen.apis).toMatchObject([{ host: '127.0.0.1' }]);
  });

  it('ends the app with 1 when the given port is taken', async () => {
    const { app, double, engine, seen } = setUp({ portGiven: true, portTaken: true });
    await app.start();
    expect(await double.ended).toBe(1);
    expect(seen.complaints).toEqual(['port 4123 of 127.0.0.1 is in use']);
    expect(engine.stopped).toBe(true);
  });
});
