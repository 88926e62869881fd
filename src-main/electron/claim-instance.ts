import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApi } from './electron-api.ts';

/**
 * Makes this process the only desktop app on a data folder and gives Chromium a place of its own in it. False when
 * another one runs there already, which then comes to the front.
 */
export function claimInstance(app: ElectronApi['app'], dataFolder: string): boolean {
  const folder = join(dataFolder, 'browser');
  mkdirSync(folder, { recursive: true });
  app.setPath('userData', folder);
  return app.requestSingleInstanceLock();
}
