import { existsSync } from 'node:fs';
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
  WebContents,
  WebFrameMain,
  WindowOpenHandlerResponse,
} from 'electron';
import { DoublePage } from './double-page.ts';
import { DoubleEvent, strict, StrictEvents } from './strict.ts';

/** What a window needs of the rest of the double. */
export interface WindowSurroundings {
  /** Answers a request as the registered protocol handlers do; throws for a scheme nobody serves. */
  request(url: string): Promise<Response>;
  /** Takes a message to ipcMain, later. */
  toMain(sender: WebContents, frame: WebFrameMain | null, channel: string, args: unknown[]): void;
  /** Runs something later, after what was asked for before. */
  later(fn: () => void): void;
  /** Counts work as under way until it is done. */
  busy(work: Promise<unknown>): void;
  closed(window: DoubleWindow): void;
}

type OpenHandler = (details: { url: string }) => WindowOpenHandlerResponse;

const CONTENTS_EVENTS = [
  'render-process-gone',
  'will-navigate',
  'will-redirect',
  'will-frame-navigate',
  'will-attach-webview',
];

/** A window that a test can look into and act on. */
export class DoubleWindow {
  readonly id: number;
  readonly options: BrowserWindowConstructorOptions;
  readonly window: BrowserWindow;
  readonly contents: WebContents;
  /** Where the page has been sent, in order. */
  readonly loads: string[] = [];
  /** Code that the main process ran in the page. */
  readonly scripts: string[] = [];
  page: DoublePage | null = null;
  visible = true;
  minimized = false;
  maximized = false;
  destroyed = false;
  background: string | undefined;
  bounds: Rectangle;
  readonly #around: WindowSurroundings;
  readonly #windowEvents = new StrictEvents('BrowserWindow', ['close', 'closed', 'focus']);
  readonly #contentsEvents = new StrictEvents('WebContents', CONTENTS_EVENTS);
  #openHandler: OpenHandler | null = null;
  #loading = false;
  #visits = 0;

  constructor(id: number, options: BrowserWindowConstructorOptions, around: WindowSurroundings) {
    for (const file of [options.webPreferences?.preload, options.icon]) {
      if (typeof file !== 'string' || !existsSync(file))
        throw new Error(`no such file: ${JSON.stringify(file)}`);
    }
    this.id = id;
    this.options = structuredClone(options);
    this.#around = around;
    this.background = options.backgroundColor;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    this.contents = strict<WebContents>('webContents', this.#contentsMembers());
    this.window = strict<BrowserWindow>('BrowserWindow', this.#windowMembers());
  }

  /** The page's main frame, as IPC events name it. */
  frame(url = this.loads.at(-1) ?? 'about:blank', parent: WebFrameMain | null = null): WebFrameMain {
    return strict<WebFrameMain>('WebFrameMain', { url, parent });
  }

  /** Sends from any frame of the window's page, as an attacker in it could. */
  sendFrom(frame: WebFrameMain | null, channel: string, ...args: unknown[]): void {
    this.#around.toMain(this.contents, frame, channel, structuredClone(args));
  }

  /** A navigation the page itself asks for; answers whether it was let through. */
  navigate(
    event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate',
    url: string,
    isMainFrame = true,
  ): boolean {
    const details = new DoubleEvent({ url, isMainFrame });
    this.#contentsEvents.emit(event, details, url);
    return !details.defaultPrevented;
  }

  /** The page calls window.open. */
  openFromPage(url: string): WindowOpenHandlerResponse {
    if (this.#openHandler === null) throw new Error('no window open handler was set');
    return this.#openHandler({ url });
  }

  /** The user turns to this window. */
  focus(): void {
    this.#windowEvents.emit('focus');
  }

  /** The page's process ends. */
  crash(reason: string): void {
    this.page?.unload();
    this.page = null;
    this.#contentsEvents.emit('render-process-gone', new DoubleEvent(), { reason, exitCode: 1 });
  }

  /** The user closes the window, or the app does. */
  close(): void {
    if (this.destroyed) return;
    this.#windowEvents.emit('close', new DoubleEvent());
    this.page?.unload();
    this.destroyed = true;
    this.#windowEvents.emit('closed');
    this.#around.closed(this);
  }

  #load(url: string): Promise<void> {
    const work = this.#fetch(url);
    this.#around.busy(work);
    return work;
  }

  async #fetch(url: string): Promise<void> {
    this.#assertAlive();
    this.page?.unload();
    this.page = null;
    this.loads.push(url);
    this.#loading = true;
    const answer = await this.#around.request(url);
    if (!answer.ok) throw new Error(`ERR_FAILED (${answer.status}) loading '${url}'`);
    await answer.arrayBuffer();
    this.#loading = false;
    if (this.destroyed) return;
    const preload = this.options.webPreferences?.preload ?? '';
    this.#visits += 1;
    this.page = new DoublePage(preload, 1_000_000 * this.id + this.#visits, {
      send: (channel, args) => this.#around.toMain(this.contents, this.frame(url), channel, args),
    });
  }

  #contentsMembers() {
    return {
      ...this.#contentsEvents.members,
      id: this.id,
      isDestroyed: () => this.destroyed,
      isLoading: () => this.#loading,
      getURL: () => this.loads.at(-1) ?? '',
      reload: () => void this.#load(this.loads.at(-1) ?? ''),
      send: (channel: string, ...args: unknown[]) => {
        this.#assertAlive();
        const copy = structuredClone(args);
        // The page that is there when it arrives: perhaps a later one than it was meant for.
        this.#around.later(() => this.page?.receive(channel, copy));
      },
      executeJavaScript: async (code: string) => {
        this.#assertAlive();
        this.scripts.push(code);
      },
      setWindowOpenHandler: (handler: OpenHandler) => {
        this.#openHandler = handler;
      },
    };
  }

  #windowMembers() {
    return {
      ...this.#windowEvents.members,
      webContents: this.contents,
      loadURL: (url: string) => this.#load(url),
      isDestroyed: () => this.destroyed,
      isMinimized: () => this.minimized,
      isMaximized: () => this.maximized,
      getNormalBounds: () => ({ ...this.bounds }),
      restore: () => void (this.minimized = false),
      maximize: () => void (this.maximized = true),
      show: () => void (this.visible = true),
      hide: () => void (this.visible = false),
      focus: () => void this.#windowEvents.emit('focus'),
      close: () => this.close(),
      setBackgroundColor: (colour: string) => void (this.background = colour),
    };
  }

  #assertAlive(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }
}
