import type { BrowserWindow, BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import type { ElectronApi } from './electron-api.ts';
import { windowPlace, MIN_WINDOW } from './window-bounds.ts';
import type { Remembered } from './window-memory.ts';
import { windowBackground } from './window-theme.ts';

/** Files a window needs, as absolute paths. */
export interface WindowFiles {
  preload: string;
  icon: string;
}

/** Makes a window, shut in as far as Electron can; it shows nothing yet but its background. */
export function createAppWindow(
  electron: Pick<ElectronApi, 'app' | 'BrowserWindow' | 'nativeTheme' | 'screen'>,
  files: WindowFiles,
  remembered: Remembered,
): BrowserWindow {
  const primary = electron.screen.getPrimaryDisplay();
  const others = electron.screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const areas = [primary, ...others].map((display) => display.workArea);
  const alreadyOpen = electron.BrowserWindow.getAllWindows().length;
  const options: BrowserWindowConstructorOptions = {
    ...windowPlace(remembered.bounds, areas, alreadyOpen),
    minWidth: MIN_WINDOW.width,
    minHeight: MIN_WINDOW.height,
    title: 'PulseDesk',
    icon: files.icon,
    backgroundColor: windowBackground(electron.nativeTheme),
    webPreferences: webPreferences(files.preload, electron.app.isPackaged),
  };
  const window = new electron.BrowserWindow(options);
  if (remembered.maximized && alreadyOpen === 0) window.maximize();
  return window;
}

function webPreferences(preload: string, packaged: boolean): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // Its dictionaries would come from the network.
    spellcheck: false,
    devTools: !packaged,
  };
}
