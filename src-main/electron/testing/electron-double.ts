import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  IpcMain,
  IpcMainEvent,
  Protocol,
  Tray,
  WebContents,
  WebFrameMain,
} from 'electron';
import type { ElectronApi } from '../electron-api.ts';
import { DoubleSystem } from './double-system.ts';
import { DoubleWindow } from './double-window.ts';
import { DoubleEvent, strict, StrictEvents, type Members } from './strict.ts';

type Answerer = (request: Request) => Response | Promise<Response>;

const APP_EVENTS = [
  'second-instance',
  'open-url',
  'activate',
  'window-all-closed',
  'before-quit',
  'web-contents-created',
];

/**
 * Electron as far as this app uses it, for tests: the same calls, strictly. What is not here throws; what comes too
 * early throws; every payload is copied as Electron would copy it; pages are fetched through the registered protocol
 * and their preload script really runs.
 */
export class ElectronDouble {
  readonly electron: ElectronApi;
  readonly system = new DoubleSystem((what) => this.#assertReady(what));
  readonly windows: DoubleWindow[] = [];
  readonly paths = new Map<string, string>();
  /** Whether another process holds the lock of the single instance. */
  lockTaken = false;
  exitCode: number | null = null;
  readonly #packaged: boolean;
  readonly #ready = Promise.withResolvers<undefined>();
  readonly #ended = Promise.withResolvers<number>();
  readonly #appEvents = new StrictEvents('app', APP_EVENTS);
  readonly #ipcEvents = new StrictEvents('ipcMain', ['pulse:to-engine']);
  readonly #protocols = new Map<string, Answerer>();
  readonly #schemes = new Map<string, object>();
  #isReady = false;
  #lastId = 0;
  #queue: Promise<void> = Promise.resolve();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: { packaged?: boolean } = {}) {
    this.#packaged = options.packaged ?? false;
    const { system } = this;
    this.electron = strict<ElectronApi>('electron', {
      app: this.#app(),
      BrowserWindow: this.#windowClass(),
      dialog: system.dialog,
      ipcMain: strict<IpcMain>('ipcMain', this.#ipcEvents.members),
      Menu: system.menuClass,
      nativeImage: strict<ElectronApi['nativeImage']>('nativeImage', {
        createFromPath: (file: string) => system.image(file),
      }),
      nativeTheme: system.nativeTheme,
      protocol: this.#protocol(),
      safeStorage: system.safeStorage,
      screen: system.screen,
      session: strict<ElectronApi['session']>('session', { defaultSession: system.session }),
      shell: system.shell,
      Tray: classOf<ElectronApi['Tray']>('Tray', (): Tray => system.makeTray()),
    });
  }

  /** Resolves with the exit code once the app has ended. */
  get ended(): Promise<number> {
    return this.#ended.promise;
  }

  /** How many listen on the IPC channel to the engine. */
  get ipcListeners(): number {
    return this.#ipcEvents.count('pulse:to-engine');
  }

  /** Schemes that were made privileged, and whether somebody serves them. */
  get schemes(): readonly (readonly [string, boolean])[] {
    return [...this.#schemes.keys()].map((scheme) => [scheme, this.#protocols.has(scheme)] as const);
  }

  /** Electron has started. */
  becomeReady(): void {
    this.#isReady = true;
    this.#ready.resolve(undefined);
  }

  /** An event of `app`, as the system or Electron would raise it; answers the event object. */
  emit(event: string, ...args: unknown[]): DoubleEvent {
    const details = new DoubleEvent();
    this.#appEvents.emit(event, details, ...args);
    return details;
  }

  /** Everything that was sent between pages and main process has arrived, and what that led to as well. */
  async settled(): Promise<void> {
    do {
      await Promise.allSettled(this.#underWay);
      // What that led to may take a few promises until it comes back here.
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#underWay.size > 0);
  }

  /** Answers a request of a page, as the registered handler does. */
  async request(url: string): Promise<Response> {
    const scheme = URL.parse(url)?.protocol.slice(0, -1) ?? '';
    if (!this.#schemes.has(scheme)) throw new Error(`ERR_UNKNOWN_URL_SCHEME loading '${url}'`);
    const answerer = this.#protocols.get(scheme);
    if (answerer === undefined) throw new Error(`nobody serves ${scheme}:`);
    return answerer(new Request(url));
  }

  #app(): App {
    return strict<App>('app', {
      ...this.#appEvents.members,
      isPackaged: this.#packaged,
      whenReady: () => this.#ready.promise,
      setPath: (name: string, path: string) => {
        if (!isAbsolute(path) || !existsSync(path)) throw new Error(`no such folder: ${path}`);
        this.paths.set(name, path);
      },
      requestSingleInstanceLock: () => !this.lockTaken,
      setAsDefaultProtocolClient: () => true,
      quit: () => this.#later(() => this.#quit()),
      exit: (code = 0) => this.#exit(code),
    } satisfies Members<App>);
  }

  #quit(): void {
    if (this.exitCode !== null || this.emit('before-quit').defaultPrevented) return;
    for (const window of [...this.windows]) window.close();
    this.#exit(0);
  }

  #exit(code: number): void {
    if (this.exitCode !== null) return;
    this.exitCode = code;
    this.#ended.resolve(code);
  }

  #protocol(): Protocol {
    return strict<Protocol>('protocol', {
      registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: object }[]) => {
        if (this.#isReady) throw new Error('schemes must be registered before the app is ready');
        if (this.#schemes.size > 0) throw new Error('schemes are registered once');
        for (const { scheme, privileges } of schemes) this.#schemes.set(scheme, structuredClone(privileges));
      },
      handle: (scheme: string, answerer: Answerer) => {
        this.#assertReady('protocol.handle');
        if (this.#protocols.has(scheme)) throw new Error(`${scheme}: is handled already`);
        this.#protocols.set(scheme, answerer);
      },
      unhandle: (scheme: string) => {
        if (!this.#protocols.delete(scheme)) throw new Error(`${scheme}: was not handled`);
      },
    });
  }

  #windowClass(): ElectronApi['BrowserWindow'] {
    const make = (options: BrowserWindowConstructorOptions): BrowserWindow => this.#open(options);
    return classOf<ElectronApi['BrowserWindow']>('BrowserWindow', make, {
      getAllWindows: () => this.windows.map((window) => window.window),
    });
  }

  #open(options: BrowserWindowConstructorOptions): BrowserWindow {
    this.#assertReady('BrowserWindow');
    this.#lastId += 1;
    const window = new DoubleWindow(this.#lastId, options, {
      request: (url) => this.request(url),
      later: (fn) => this.#later(fn),
      toMain: (sender, frame, channel, args) =>
        this.#later(() => this.#deliver(sender, frame, channel, args)),
      busy: (work) => this.#busy(work),
      closed: (closed) => this.#closed(closed),
    });
    this.windows.push(window);
    this.emit('web-contents-created', window.contents);
    return window.window;
  }

  #closed(window: DoubleWindow): void {
    this.windows.splice(this.windows.indexOf(window), 1);
    if (this.windows.length === 0 && this.exitCode === null) this.emit('window-all-closed');
  }

  #deliver(sender: WebContents, senderFrame: WebFrameMain | null, channel: string, args: unknown[]): void {
    const event = strict<IpcMainEvent>('IpcMainEvent', { sender, senderFrame });
    this.#ipcEvents.emit(channel, event, ...args);
  }

  #later(fn: () => void): void {
    this.#queue = this.#queue.then(fn);
    this.#busy(this.#queue);
  }

  #busy(work: Promise<unknown>): void {
    this.#underWay.add(work);
    const done = (): void => void this.#underWay.delete(work);
    work.then(done, done);
  }

  #assertReady(what: string): void {
    if (!this.#isReady) throw new Error(`${what} cannot be used before the app is ready`);
  }
}

/** A class whose `new` calls `make`, with just these static members. */
function classOf<T extends object>(
  name: string,
  make: (...args: never[]) => object,
  statics: Members<T> = {},
): T {
  const target = function (): void {
    // Never called: `new` is answered by the proxy.
  };
  const members = strict<T>(name, statics);
  return new Proxy(target, {
    construct: (_target, args) => make(...(args as never[])),
    get: (_target, property) =>
      property === 'prototype' ? undefined : (Reflect.get(members, property) as unknown),
  }) as T;
}
