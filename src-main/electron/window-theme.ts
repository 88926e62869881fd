import type { ElectronApi } from './electron-api.ts';
import type { Remembered } from './window-memory.ts';

/** `surface-0` of the page's two themes: what a window shows until its page has painted. */
const BACKGROUND = { dark: '#0e0f12', light: '#f5f6f8' } as const;

/** The background of a window in the theme in force. */
export function windowBackground(nativeTheme: ElectronApi['nativeTheme']): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

/** Puts frames, menus and backgrounds of all windows into the theme of the settings. */
export function applyTheme(
  electron: Pick<ElectronApi, 'nativeTheme' | 'BrowserWindow'>,
  theme: Remembered['theme'],
): void {
  if (electron.nativeTheme.themeSource !== theme) electron.nativeTheme.themeSource = theme;
  const background = windowBackground(electron.nativeTheme);
  for (const window of electron.BrowserWindow.getAllWindows()) window.setBackgroundColor(background);
}
