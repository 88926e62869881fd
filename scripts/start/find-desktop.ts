import { electronRuntime } from '../system/electron-runtime.ts';

/** A runtime the desktop app can be started with, or why there is none; `fetchable`: only its download is missing. */
export type DesktopSearch = { path: string } | { reason: string; fetchable: boolean };

/** Looks for an Electron runtime, and for a display it could draw on. Reads a few files and waits for nothing. */
export function findDesktop(
  platform: NodeJS.Platform,
  variables: NodeJS.ProcessEnv,
  packageFolder?: string,
): DesktopSearch {
  if (platform === 'linux' && isUnset(variables['DISPLAY']) && isUnset(variables['WAYLAND_DISPLAY'])) {
    return { reason: 'there is no display (DISPLAY and WAYLAND_DISPLAY are unset)', fetchable: false };
  }
  const path = electronRuntime(variables, packageFolder);
  if (path !== undefined) return { path };
  const override = variables['ELECTRON_OVERRIDE_DIST_PATH'];
  return override === undefined
    ? { reason: 'the Electron runtime is not installed', fetchable: true }
    : { reason: `there is no Electron in ${override} (ELECTRON_OVERRIDE_DIST_PATH)`, fetchable: false };
}

function isUnset(text: string | undefined): boolean {
  return text === undefined || text === '';
}
