import { existsSync } from 'node:fs';
import { findProgram } from './find-program.ts';

/**
 * A browser that Playwright can drive by its path; undefined leaves it to Playwright's own. Before all others the one
 * without windows, as Playwright's own is: it draws the same pages and takes a quarter less of the processor.
 */
export const chromium = (): string | undefined =>
  findProgram([
    '/usr/lib/chromium/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    'chromium',
    'google-chrome',
    'google-chrome-stable',
  ]);

/** The real NATS server that integration tests start. */
export const natsServer = (): string | undefined => findProgram(['nats-server']);

/** The wrapper that gives Electron a screen on a machine that has none. */
export const xvfbRun = (): string | undefined =>
  findProgram(['Xvfb']) && findProgram(['xauth']) && findProgram(['xvfb-run']);

/** A client of MQTT that publishes, for the listener of the NATS server. */
export const mosquittoPub = (): string | undefined => findProgram(['mosquitto_pub']);

/** What transfers a request from a shell. */
export const curl = (): string | undefined => findProgram(['curl']);

/** A compiler of C, and with it the NATS client for C. */
export const natsForC = (): string | undefined =>
  existsSync('/usr/include/nats/nats.h') ? findProgram(['gcc']) : undefined;
