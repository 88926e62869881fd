import type { KnipConfig } from 'knip';

/** The stylesheets a stylesheet imports, written as a module so that fonts from packages count as used. */
const importsOf = (css: string): string =>
  [...css.matchAll(/@import\s+['"]([^'"]+)['"]/g)].map(([, file = '']) => `import '${file}';`).join('\n');

const config: KnipConfig = {
  entry: [
    'src-main/index.ts!',
    'src-main/serve.ts!',
    'src-main/engine/worker.ts!',
    'src-main/engine/exports/export-worker.ts!',
    'src-main/projections/analytics/shard-worker.ts!',
    'src-main/store/fold-worker.ts!',
    'src-main/store/writer-worker.ts!',
    'src-main/store/reader-worker.ts!',
    'src-preload/index.ts!',
    'src-renderer/main.ts!',
    'src-main/**/*.integration.ts',
    '{src-contract,src-main,src-preload,src-renderer,scripts,bench}/**/*.spec.ts',
    'e2e/**/*.spec.ts',
    'bench/run.ts',
    'bench/{credit,paced}-publisher.ts',
    'bench/one-way.ts',
    'scripts/*.{ts,js}',
  ],
  project: [
    'src-contract/**/*.ts!',
    'src-main/**/*.ts!',
    'src-preload/**/*.ts!',
    'src-renderer/**/*.{ts,svelte,css}!',
    'e2e/**/*.ts',
    'bench/**/*.ts',
    'scripts/**/*.{ts,js}',
  ],
  // Started by name from scripts/types.ts.
  ignoreDependencies: ['svelte-check'],
  // Installed by the system's package manager; the tests say so when they are missing.
  ignoreBinaries: ['apt-get', 'nats-server', 'openssl'],
  // A type that describes what a function takes belongs to that function, used elsewhere or not.
  ignoreExportsUsedInFile: true,
  compilers: { css: importsOf },
};

export default config;
