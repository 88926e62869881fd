import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const at = (path: string): string => `${import.meta.dirname}/${path}`;

/**
 * electron-vite makes every address relative, for pages opened from disk. Ours come from a host (`app://` or HTTP) and
 * have addresses of several levels, from which a relative script would not be found.
 */
const addressesFromTheRoot: Plugin = { name: 'addresses-from-the-root', config: () => ({ base: '/' }) };

/**
 * Packages that go into the main bundle. Each thread that starts finds, reads and links every file of a package outside
 * it: typebox alone has 500, and five threads took half a second with them at every start.
 */
const BUNDLED_PACKAGES = [
  '@fastify/type-provider-typebox',
  '@nats-io/jetstream',
  '@nats-io/kv',
  '@nats-io/transport-node',
  '@prometheus-io/client',
  'cockatiel',
  'conf',
  'csv-parse',
  'csv-stringify',
  'hyparquet-writer',
  'typebox',
  'undici',
];

export default defineConfig({
  main: {
    build: {
      target: 'node24',
      sourcemap: true,
      externalizeDeps: { exclude: BUNDLED_PACKAGES },
      rolldownOptions: {
        input: {
          index: at('src-main/index.ts'),
          serve: at('src-main/serve.ts'),
          'analytics-shard': at('src-main/projections/analytics/shard-worker.ts'),
          'engine-worker': at('src-main/engine/worker.ts'),
          'export-worker': at('src-main/engine/exports/export-worker.ts'),
          'store-fold': at('src-main/store/fold-worker.ts'),
          'store-writer': at('src-main/store/writer-worker.ts'),
          'store-reader': at('src-main/store/reader-worker.ts'),
        },
        // Shared code lies beside the entries, so that a worker's file is found from any of them (worker-entry.ts).
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node24',
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [svelte({ configFile: at('svelte.config.js') }), tailwindcss(), addressesFromTheRoot],
    build: {
      target: 'es2023',
      sourcemap: true,
      minify: true,
      // The page's policy takes fonts and pictures from its own origin, not from data addresses.
      assetsInlineLimit: 0,
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
});
