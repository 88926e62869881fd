import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const RELEASES = 'https://github.com/electron/electron/releases/download/';
const REACH_MS = 1200;
const FETCH_MS = 10 * 60_000;

/** Whether the place that Electron is downloaded from answers at all, within 1.2 s. */
export async function isElectronReachable(
  variables: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  if (variables['CI'] !== undefined || variables['ELECTRON_SKIP_BINARY_DOWNLOAD'] !== undefined) return false;
  const mirror = variables['ELECTRON_MIRROR'] ?? variables['npm_config_electron_mirror'] ?? RELEASES;
  try {
    await fetch(mirror, { method: 'HEAD', signal: AbortSignal.timeout(REACH_MS) });
    return true;
  } catch {
    return false;
  }
}

/** Downloads the runtime into the npm package `electron`, as that package does it; answers whether that worked. */
export async function fetchElectron(electronPackage: string): Promise<boolean> {
  process.stderr.write(
    'Fetching the Electron runtime, once, about 110 MB. Ctrl-C stops it; "npm run serve" does without.\n',
  );
  const child = spawn(process.execPath, [join(electronPackage, 'install.js')], {
    stdio: ['ignore', 2, 2],
    timeout: FETCH_MS,
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}
