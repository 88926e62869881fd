import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['src-contract', 'src-main', 'src-preload', 'src-renderer'];
const FILES = [
  'electron.vite.config.ts',
  'svelte.config.js',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
];
const TESTS = /\.(spec|integration)\.ts$/;

function filesUnder(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !TESTS.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A digest of everything the build reads under `root`; it changes when the build would come out differently. */
export function sourceDigest(root: string): string {
  const files = [
    ...FILES.map((file) => join(root, file)),
    ...FOLDERS.flatMap((folder) => filesUnder(root, folder)),
  ];
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
