import type { Settings } from '../../src-contract/settings.ts';
import type { EngineHost } from '../engine/engine-port.ts';
import type { Clock } from '../lib/clock.ts';
import { StopStack } from '../lib/disposables.ts';
import type { Log } from '../lib/log.ts';
import { appMenu } from './app-menu.ts';
import { showTray } from './app-tray.ts';
import { AppWindows } from './app-windows.ts';
import { deepLinkPath } from './deep-link.ts';
import type { ElectronApi } from './electron-api.ts';
import { followSettings } from './follow-settings.ts';
import { IpcBinding } from './ipc-binding.ts';
import { confinePages, refusePermissions } from './lock-down.ts';
import { pageOrigin } from './page-origin.ts';
import { servePages } from './page-protocol.ts';
import { WindowMemory } from './window-memory.ts';
import { applyTheme } from './window-theme.ts';

/** Files of the build and of `resources/`, as absolute paths. */
export interface ShellFiles {
  preload: string;
  /** Folder of the built pages. */
  pages: string;
  /** Folder of the files of exports. */
  exports: string;
  icon: string;
  tray: string;
  /** Where the windows' places are kept. */
  memory: string;
}

/** What the desktop shell needs. */
export interface DesktopShellOptions {
  electron: ElectronApi;
  engine: EngineHost;
  files: ShellFiles;
  platform: NodeJS.Platform;
  /** Address of the development server, if there is one. */
  developmentServer: string | undefined;
  clock: Clock;
  log: Log;
  /** Told the settings at the start and whenever they change. */
  onSettings(settings: Settings): void;
}

/** The windows, menu and tray of a running app. */
export interface DesktopShell {
  /** Brings a window to the front; on the page of a deep link, if it is given one that is valid. */
  show(link?: string): void;
  /** Takes the windows off the screen and lets go of the engine. Idempotent. */
  stop(): Promise<void>;
}

/** Builds the shell around a started engine and opens the first window. Electron must be ready. */
export function startDesktopShell(options: DesktopShellOptions, link?: string): DesktopShell {
  const { electron, engine, files, log } = options;
  const stops = new StopStack();
  const origin = pageOrigin(electron.app.isPackaged, options.developmentServer);
  confinePages(electron, origin, log);
  refusePermissions(electron.session.defaultSession);
  stops.defer(servePages(electron.protocol, files));

  const memory = new WindowMemory(files.memory, (error) => {
    log.warn('where the windows are could not be remembered', { error });
  });
  const binding = new IpcBinding({ ipcMain: electron.ipcMain, engine, origin, log });
  stops.defer(() => binding.close());
  const windows = new AppWindows({ ...options, origin, binding, memory });
  stops.defer(() => windows.leave());

  followTheme(options, memory, stops);
  const actions = {
    openWindow: () => windows.open(),
    go: (path: string) => windows.show(path),
    show: () => windows.show(null),
    quit: () => electron.app.quit(),
  };
  const template = appMenu(actions, options.platform, electron.app.isPackaged);
  electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
  stops.defer(showTray(electron, files.tray, engine, actions));

  windows.open(linkedPath(link, log) ?? '/');
  return {
    show: (next) => windows.show(linkedPath(next, log)),
    stop: () => stops.stop(),
  };
}

function followTheme(options: DesktopShellOptions, memory: WindowMemory, stops: StopStack): void {
  const { electron, engine, clock } = options;
  const apply = (): void => applyTheme(electron, memory.present.theme);
  apply();
  electron.nativeTheme.on('updated', apply);
  stops.defer(() => void electron.nativeTheme.removeListener('updated', apply));
  stops.defer(
    followSettings(engine, clock, (settings) => {
      const { theme } = settings.appearance;
      if (theme !== memory.present.theme) memory.remember({ theme });
      apply();
      options.onSettings(settings);
    }),
  );
}

function linkedPath(link: string | undefined, log: Log): string | null {
  if (link === undefined) return null;
  const path = deepLinkPath(link);
  if (path === null) log.warn('a link that names no screen was ignored', { link: link.slice(0, 256) });
  return path;
}
