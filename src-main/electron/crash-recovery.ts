import type { BrowserWindow } from 'electron';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { RestartIntensity } from '../lib/restart-intensity.ts';
import type { ElectronApi } from './electron-api.ts';

/** A page that crashes is loaded again by itself this often; after that its user decides. */
const RELOADS = { restarts: 3, withinMs: 60_000 } as const;

/**
 * Loads a window's page again when it crashed, three times a minute at most; beyond that asks whether to try again or
 * to close the window. `onGone` is called first, each time.
 */
export function recoverFromCrashes(
  window: BrowserWindow,
  deps: { dialog: ElectronApi['dialog']; clock: Pick<Clock, 'monotonic'>; log: Log; onGone: () => void },
): void {
  const intensity = new RestartIntensity(RELOADS);
  const reload = (): void => {
    if (!window.isDestroyed()) window.webContents.reload();
  };
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    deps.onGone();
    if (reason === 'clean-exit') return;
    deps.log.error('the page of a window crashed', { reason, exitCode });
    const now = deps.clock.monotonic();
    if (intensity.allows(now)) {
      intensity.record(now);
      return reload();
    }
    void askWhatNow(deps.dialog, window, reason).then((again) => {
      intensity.reset();
      if (again) reload();
      else if (!window.isDestroyed()) window.close();
    });
  });
}

async function askWhatNow(
  dialog: ElectronApi['dialog'],
  window: BrowserWindow,
  reason: string,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'This window keeps crashing',
    detail: `Its page crashed ${RELOADS.restarts + 1} times within a minute (${reason}). Events are still being received and stored.`,
    buttons: ['Load again', 'Close window'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
