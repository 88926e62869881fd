import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface LockedPackage {
  readonly gypfile?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const ROOT = join(import.meta.dirname, '..');
const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };

/** Where `name` would be found from the package at `path`: beside it or in any folder above. */
function candidates(path: string, name: string): string[] {
  const parts = path.split('/node_modules/');
  const above = parts.map((_part, index) => parts.slice(0, parts.length - index).join('/node_modules/'));
  return [
    ...above.filter((folder) => folder !== '').map((folder) => `${folder}/node_modules/${name}`),
    `node_modules/${name}`,
  ];
}

it('the lock file names every optional package, those for other systems too', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !candidates(path, name).some((candidate) => candidate in packages))
      .map((name) => `${name}, wanted by ${path}`),
  );
  expect(missing).toEqual([]);
});

it('the lock file names no registry', () => {
  const resolved = Object.values(packages).flatMap((locked) => locked.resolved ?? []);
  expect(resolved.filter((address) => /^https?:/.test(address))).toEqual([]);
});

// npm drops the line when it writes the lock file anew, and then runs node-gyp even where a prebuilt file is there.
it('the lock file keeps `npm ci` from building: that takes Python, a compiler and the headers of Node', () => {
  const built = Object.entries(packages).filter(
    ([path, { gypfile }]) => gypfile !== false && existsSync(join(ROOT, path, 'binding.gyp')),
  );
  expect(built.map(([path]) => path)).toEqual([]);
});
