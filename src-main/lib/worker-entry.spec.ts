import { describe, expect, it } from 'vitest';
import { workerEntry, type WorkerName } from './worker-entry.ts';

const names: WorkerName[] = [
  'analytics-shard',
  'engine-worker',
  'export-worker',
  'store-fold',
  'store-writer',
  'store-reader',
];

describe('workerEntry', () => {
  it.each(names)('leads from the sources to the TypeScript file of %s', (name) => {
    const entry = workerEntry(name);
    expect(entry.pathname).toMatch(/\/src-main\/(engine|projections|store)\/[a-z/-]*worker\.ts$/);
  });

  it.each(names)('leads from any file of the bundle to the built %s beside it', (name) => {
    expect(workerEntry(name, 'file:///app/out/main/serve.js').href).toBe(`file:///app/out/main/${name}.js`);
    expect(workerEntry(name, 'file:///app/out/main/shared-a1B2.js').href).toBe(
      `file:///app/out/main/${name}.js`,
    );
  });
});
