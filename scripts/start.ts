import './check-node.js';
import { join } from 'node:path';
import { ensureBuilt } from './build/ensure-built.ts';
import { plainFailure } from './build/plain-failure.ts';
import { findDesktop } from './start/find-desktop.ts';
import { fetchElectron, isElectronReachable } from './start/fetch-electron.ts';
import { runElectron, whyNotRunnable } from './start/run-electron.ts';

const ROOT = join(import.meta.dirname, '..');
const ELECTRON = join(ROOT, 'node_modules/electron');
const options = process.argv.slice(2);

/** A runtime that works, fetched if it may be and can be had; else why not. */
async function runtime(): Promise<{ path: string } | { reason: string }> {
  let found = findDesktop(process.platform, process.env);
  if (!('path' in found) && found.fetchable && (await isElectronReachable(process.env))) {
    found = (await fetchElectron(ELECTRON))
      ? findDesktop(process.platform, process.env)
      : { reason: 'the Electron runtime could not be fetched', fetchable: false };
  }
  if (!('path' in found)) return found;
  const reason = whyNotRunnable(found.path);
  return reason === null ? found : { reason };
}

const asksForText = options.includes('--help') || options.includes('--version');
const found = asksForText ? null : await runtime();
if (found !== null && 'path' in found) {
  await ensureBuilt().catch(plainFailure);
  process.exit(await runElectron(found.path, ROOT, options));
}
if (found !== null) {
  process.stderr.write(
    `PulseDesk: ${found.reason}, so the same app is served to your browser, ` +
      'on http://127.0.0.1:4000 unless an option says otherwise.\n',
  );
}
await ensureBuilt().catch(plainFailure);
await import(new URL('../out/main/serve.js', import.meta.url).href);
