import type { Session, WebContents } from 'electron';
import { errorMessage } from '../lib/error-message.ts';
import type { Log } from '../lib/log.ts';
import type { ElectronApi } from './electron-api.ts';
import { isOwnUrl, type PageOrigin } from './page-origin.ts';

/** Refuses every permission a page may ask for: camera, location, notifications, devices and what may come. */
export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/**
 * Keeps every page where it is: it goes nowhere but to our own pages, opens no windows and holds no other page inside.
 * A link to an https page opens in the system's browser.
 */
export function confinePages(
  electron: Pick<ElectronApi, 'app' | 'shell'>,
  origin: PageOrigin,
  log: Log,
): void {
  const leave = (url: string): void => {
    if (!isExternal(url)) return;
    electron.shell.openExternal(url).catch((error: unknown) => {
      log.warn('a link could not be opened', { url, error: errorMessage(error) });
    });
  };
  electron.app.on('web-contents-created', (_event, contents) => confine(contents, origin, leave));
}

function confine(contents: WebContents, origin: PageOrigin, leave: (url: string) => void): void {
  contents.on('will-navigate', (event) => {
    if (isOwnUrl(origin, event.url)) return;
    event.preventDefault();
    leave(event.url);
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnUrl(origin, event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    leave(url);
    return { action: 'deny' };
  });
}

/** Says whether an address may be handed to the system's browser: https, without a name or password in it. */
export function isExternal(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' && url.username === '' && url.password === '';
}
