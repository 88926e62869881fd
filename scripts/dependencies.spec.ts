import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const page = readFileSync(join(import.meta.dirname, '../docs/dependencies.md'), 'utf8');
const explained = [...page.matchAll(/^\| `([^`]+)` *\| *\S/gm)].map(([, name]) => name);
const packages = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];

it('every dependency has its reason in docs/dependencies.md, and nothing else has', () => {
  expect(explained.toSorted()).toEqual(packages.toSorted());
});

it('every dependency is pinned to an exact version', () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});
