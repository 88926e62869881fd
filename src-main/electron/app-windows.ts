import type { BrowserWindow } from 'electron';
import type { Clock } from '../lib/clock.ts';
import { errorMessage } from '../lib/error-message.ts';
import type { Log } from '../lib/log.ts';
import { createAppWindow, type WindowFiles } from './app-window.ts';
import { recoverFromCrashes } from './crash-recovery.ts';
import type { ElectronApi } from './electron-api.ts';
import type { IpcBinding } from './ipc-binding.ts';
import { isOwnUrl, pageUrl, type PageOrigin } from './page-origin.ts';
import type { WindowMemory } from './window-memory.ts';

/** At most this many windows; asked for one more, the last one comes to the front. */
export const MAX_WINDOWS = 16;

/** What the windows need. */
export interface AppWindowsOptions {
  electron: Pick<ElectronApi, 'app' | 'BrowserWindow' | 'dialog' | 'nativeTheme' | 'screen'>;
  files: WindowFiles;
  origin: PageOrigin;
  binding: Pick<IpcBinding, 'admit' | 'detach' | 'dismiss'>;
  memory: WindowMemory;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
}

/** The windows of the app, the one used last at the end. */
export class AppWindows {
  readonly #options: AppWindowsOptions;
  readonly #windows = new Set<BrowserWindow>();
  #opened = 0;

  constructor(options: AppWindowsOptions) {
    this.#options = options;
  }

  /** Opens a further window on a page of the app. */
  open(path = '/'): void {
    if (this.#windows.size >= MAX_WINDOWS) return this.show(null);
    const { electron, files, memory, binding, origin } = this.#options;
    const window = createAppWindow(electron, files, memory.present);
    this.#windows.add(window);
    this.#opened += 1;
    binding.admit(window.webContents, `Window ${this.#opened}`);
    recoverFromCrashes(window, {
      ...this.#options,
      dialog: electron.dialog,
      onGone: () => binding.detach(window.webContents.id),
    });
    this.#follow(window);
    this.#load(window, pageUrl(origin, path));
  }

  /** Brings the window used last to the front, on page `path` unless that is null; opens one when there is none. */
  show(path: string | null): void {
    const window = this.#latest();
    if (window === undefined) return this.open(path ?? '/');
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (path !== null) this.#go(window, path);
  }

  /** Takes all windows off the screen and remembers where they were: the app is about to end. */
  leave(): void {
    for (const window of this.#windows) {
      this.#remember(window);
      window.hide();
    }
  }

  #latest(): BrowserWindow | undefined {
    return [...this.#windows].at(-1);
  }

  #follow(window: BrowserWindow): void {
    const id = window.webContents.id;
    window.on('focus', () => {
      this.#windows.delete(window);
      this.#windows.add(window);
    });
    window.on('close', () => this.#remember(window));
    window.on('closed', () => {
      this.#windows.delete(window);
      this.#options.binding.dismiss(id);
    });
  }

  #remember(window: BrowserWindow): void {
    this.#options.memory.remember({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  }

  #go(window: BrowserWindow, path: string): void {
    const { webContents } = window;
    const { origin } = this.#options;
    const there = isOwnUrl(origin, webContents.getURL()) && !webContents.isLoading();
    if (!there) return this.#load(window, pageUrl(origin, path));
    // The page changes its address by itself, so that it keeps its state.
    const event = `new CustomEvent('pulse:navigate', { detail: ${JSON.stringify(path)} })`;
    this.#report(webContents.executeJavaScript(`void window.dispatchEvent(${event})`));
  }

  #load(window: BrowserWindow, url: string): void {
    this.#report(window.loadURL(url));
  }

  #report(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#options.log.warn('a page could not be shown', { error: errorMessage(error) });
    });
  }
}
