import type { EngineHost, EngineOptions } from '../engine/engine-port.ts';
import type { EngineHostDependencies } from '../engine/engine-thread.ts';
import type { Clock } from '../lib/clock.ts';
import { StopStack, type Stoppable } from '../lib/disposables.ts';
import type { Random } from '../lib/random.ts';
import { engineOptions, type HostOptions } from '../options/host-options.ts';
import type { HostLog } from './host-log.ts';
import type { HttpHost, HttpHostOptions } from './http-host.ts';

/** What the headless app is put together from. */
export interface HeadlessParts {
  readonly options: HostOptions;
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Takes the data folder for this process; throws a DataFolderLockedError when somebody has it. */
  lock(folder: string): { release(): void };
  openLog(folder: string): HostLog;
  startEngine(options: EngineOptions, dependencies: EngineHostDependencies): Promise<EngineHost>;
  /** Loads the HTTP host, while the engine starts in its thread. */
  loadHttp(): Promise<{ startHttpHost(options: HttpHostOptions): Promise<HttpHost> }>;
}

/** The headless app while it starts, runs and stops. */
export interface HeadlessApp extends Stoppable {
  /** Resolves when it can answer; rejects with what kept it from starting. */
  readonly started: Promise<{ url: string }>;
  /** Its log; null until the data folder is its own. */
  readonly log: HostLog['log'] | null;
}

/** Starts the engine behind an HTTP host. `stop` works at any moment, and stops in reverse order what had started. */
export function startHeadlessApp(parts: HeadlessParts): HeadlessApp {
  const stops = new StopStack();
  let log: HostLog['log'] | null = null;

  async function start(): Promise<{ url: string }> {
    const { options, version, clock, random } = parts;
    const lock = parts.lock(options.dataFolder);
    stops.defer(() => lock.release());
    const hostLog = stops.add(parts.openLog(options.dataFolder));
    log = hostLog.log;
    log.info('starting', { version, pid: process.pid, env: options.env, folder: options.dataFolder });
    const loading = parts.loadHttp();
    const starting = parts
      .startEngine(engineOptions(options, version), {
        clock,
        random,
        log,
        writeLogLine: (line) => hostLog.writeLine(line),
      })
      .then((started) => stops.add(started));
    const [engine, module] = await Promise.all([starting, loading]);
    const { listen, dataFolder } = options;
    const http = await module.startHttpHost({ engine, listen, version, dataFolder, clock, log });
    // Both at once: good-byes to stalled sockets must not take from the time the engine has.
    stops.defer(async () => {
      await Promise.all([http.stop(), engine.stop()]);
    });
    log.info('ready', { url: http.url });
    return { url: http.url };
  }

  return {
    started: start(),
    get log() {
      return log;
    },
    stop: () => stops.stop(),
  };
}
