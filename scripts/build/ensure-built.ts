import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBuildLock } from './build-lock.ts';
import { sourceDigest } from './source-digest.ts';

const ROOT = join(import.meta.dirname, '../..');
const STAMP = join(ROOT, 'out/sources.sha256');
const LOCK = join(ROOT, 'node_modules/.cache/pulsedesk-build.lock');
const ENTRIES = ['main/serve.js', 'main/index.js', 'preload/index.cjs', 'renderer/index.html'];

function isFresh(digest: string): boolean {
  return (
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === digest &&
    ENTRIES.every((entry) => existsSync(join(ROOT, 'out', entry)))
  );
}

async function build(): Promise<void> {
  const digest = sourceDigest(ROOT);
  const started = performance.now();
  process.stderr.write('Building PulseDesk, because its sources have changed since the last build...\n');
  const command = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
  // Standard output belongs to the program that is about to start: what the build says goes to stderr.
  const child = spawn(process.execPath, [command, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('The build failed; the reasons stand above.');
  writeFileSync(STAMP, digest);
  process.stderr.write(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
}

/** Builds `out/` unless it was built from just these sources; answers whether it had to. */
export async function ensureBuilt(): Promise<boolean> {
  if (isFresh(sourceDigest(ROOT))) return false;
  return withBuildLock(LOCK, async () => {
    // Another process may have built while this one waited.
    if (isFresh(sourceDigest(ROOT))) return false;
    await build();
    return true;
  });
}

/** Builds `out/` in any case. */
export async function buildNow(): Promise<void> {
  await withBuildLock(LOCK, build);
}
