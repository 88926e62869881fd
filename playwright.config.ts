import { defineConfig, devices } from '@playwright/test';
import { electronRuntime } from './scripts/system/electron-runtime.ts';
import { chromium } from './scripts/system/programs.ts';

const executablePath = chromium();

/** A browser that talks to nobody but the host under test; inside a container root has no sandbox to offer. */
const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './scripts/build/build-before-tests.ts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-US',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    launchOptions: { args, ...(executablePath === undefined ? {} : { executablePath }) },
  },
  projects: [
    { name: 'headless' },
    // What is tagged speaks of tabs, phones or hosts that only the headless one has.
    ...(electronRuntime() === undefined ? [] : [{ name: 'electron', grepInvert: /@headless/ }]),
  ],
});
