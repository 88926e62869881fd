import { defineConfig, devices } from '@playwright/test';
import { electronRuntime } from './scripts/system/electron-runtime.ts';
import { BROWSER_LAUNCH } from './scripts/system/browser-launch.ts';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './scripts/build/build-before-tests.ts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  // They wait for part of their time: two at a time leave processors idle.
  workers: 3,
  // For what hangs only: on a busy machine the longest journey takes half of it.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-US',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    launchOptions: BROWSER_LAUNCH,
  },
  projects: [
    { name: 'headless' },
    // What is tagged speaks of tabs, phones or hosts that only the headless one has.
    ...(electronRuntime() === undefined ? [] : [{ name: 'electron', grepInvert: /@headless/ }]),
  ],
});
