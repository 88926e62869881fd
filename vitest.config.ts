import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const SPECS = '**/*.spec.ts';

export default defineConfig({
  test: {
    // Vitest leaves one core idle by itself.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: [
        'src-contract/**/*.ts',
        'src-main/**/*.ts',
        'src-preload/**/*.ts',
        'src-renderer/**/*.{ts,svelte}',
      ],
      exclude: [SPECS, '**/*.integration.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: {
        'src-contract/**': { lines: 90 },
        'src-main/lib/**': { lines: 90 },
        'src-main/pipeline/**': { lines: 90 },
        'src-main/store/**': { lines: 90 },
        'src-main/projections/**': { lines: 90 },
      },
    },
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          // For what hangs only: a busy machine is no failure.
          testTimeout: 30_000,
          // No module holds state, so specs may share what they import: that halves the time.
          isolate: false,
          include: [`{src-contract,src-main,src-preload,scripts,bench}/${SPECS}`],
        },
      },
      {
        plugins: [
          svelte({ configFile: `${import.meta.dirname}/svelte.config.js` }),
          tailwindcss(),
          svelteTesting(),
        ],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'component',
          environment: 'happy-dom',
          isolate: false,
          include: [`src-renderer/${SPECS}`],
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['{src-main,scripts,e2e}/**/*.integration.ts'],
          globalSetup: ['scripts/build/build-before-tests.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
