import { spawn } from 'node:child_process';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, '../../node_modules/electron-vite/bin/electron-vite.js');

/** Opens the desktop app from `runtime`; a change of the page shows at once, a change of main restarts the app. */
export function developDesktop(runtime: string, args: readonly string[]): void {
  const child = spawn(process.execPath, [COMMAND, 'dev', '--watch', '--', ...args], {
    stdio: 'inherit',
    env: { ...process.env, ELECTRON_EXEC_PATH: runtime },
  });
  child.on('exit', (code) => (process.exitCode = code ?? 1));
}
