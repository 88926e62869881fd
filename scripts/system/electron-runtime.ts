import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '../../node_modules/electron');

/**
 * The Electron program, where one is already on this machine: in the folder of `ELECTRON_OVERRIDE_DIST_PATH`, or
 * downloaded before. Importing the `electron` package instead would start a download.
 */
export function electronRuntime(
  environment: NodeJS.ProcessEnv = process.env,
  packageFolder = PACKAGE,
): string | undefined {
  const pathFile = join(packageFolder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const folder = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageFolder, 'dist');
  const program = join(folder, name);
  return existsSync(program) ? program : undefined;
}
