import { join } from 'node:path';
import { vi } from 'vitest';
import { ElectronDouble } from '../../src-main/electron/testing/electron-double.ts';
import { pageTransport } from '../../src-main/electron/testing/page-client.ts';
import { runBuiltMain } from '../../src-main/electron/testing/run-built-main.ts';
import type { Link } from './link.ts';

const MAIN = join(import.meta.dirname, '../../out/main/index.js');

/** The built desktop app and its preload script on the double of Electron, spoken to through `window.pulse`. */
export async function desktopLink(dataFolder: string, natsUrl: string): Promise<Link> {
  const double = new ElectronDouble();
  const options = ['--data', dataFolder, '--nats', natsUrl, '--demo', '--seed', '7', '--log-level', 'error'];
  await runBuiltMain(MAIN, double, options);
  double.becomeReady();
  const window = await vi.waitUntil(() => double.windows.find(({ page }) => page !== null), {
    timeout: 20_000,
  });
  return {
    transport: pageTransport(window.page),
    async stop() {
      double.electron.app.quit();
      await double.ended;
    },
  };
}
