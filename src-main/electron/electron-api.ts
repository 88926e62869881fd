import type * as Electron from 'electron';

/**
 * The parts of Electron this app uses. They are handed in by the entry, never imported as values here, because loading
 * `electron` outside its own runtime fails: so every piece can be tested on a double.
 */
export type ElectronApi = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'nativeImage'
  | 'nativeTheme'
  | 'protocol'
  | 'safeStorage'
  | 'screen'
  | 'session'
  | 'shell'
  | 'Tray'
>;
