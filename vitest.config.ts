import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { COVERED_FOLDERS } from './scripts/checks/covered-folders.ts';

const SPECS = '**/*.spec.ts';
const INTEGRATION = '{src-main,scripts,e2e}/**/*.integration.ts';
/** Those that measure how long something takes, or use all processors: no other file runs beside them. */
const MEASURING = ['scripts/prove/prove-in-short.integration.ts'];

const integration = {
  environment: 'node',
  globalSetup: ['scripts/build/build-before-tests.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    // Vitest leaves one core idle by itself.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: COVERED_FOLDERS.map((folder) => `${folder}/**/*.ts`),
      exclude: [SPECS, '**/*.integration.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: Object.fromEntries(COVERED_FOLDERS.map((folder) => [`${folder}/**`, { lines: 90 }])),
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
          ...integration,
          name: 'integration',
          include: [INTEGRATION],
          exclude: MEASURING,
          // They wait half of the time; with more at a time, what they wait for would come late.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...integration,
          name: 'integration-alone',
          include: MEASURING,
          fileParallelism: false,
          maxConcurrency: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
