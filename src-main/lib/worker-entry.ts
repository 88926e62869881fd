/** Where each worker thread starts: its file in the sources, seen from this one. */
const sources = {
  'analytics-shard': '../projections/analytics/shard-worker.ts',
  'engine-worker': '../engine/worker.ts',
  'export-worker': '../engine/exports/export-worker.ts',
  'store-fold': '../store/fold-worker.ts',
  'store-writer': '../store/writer-worker.ts',
  'store-reader': '../store/reader-worker.ts',
} as const;

/** A thread of its own that the build makes an entry of the same name for. */
export type WorkerName = keyof typeof sources;

/**
 * The file to start worker `name` from: the TypeScript source while this module runs as one (tests, scripts), else the
 * built entry, which the build puts in the same folder as every piece of shared code. `own` is this module's address.
 */
export function workerEntry(name: WorkerName, own: string = import.meta.url): URL {
  return new URL(own.endsWith('.ts') ? sources[name] : `./${name}.js`, own);
}
