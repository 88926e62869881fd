import type { Event } from 'electron';
import type { Settings } from '../../src-contract/settings.ts';
import type { EngineHost, EngineOptions } from '../engine/engine-port.ts';
import type { EngineHostDependencies } from '../engine/engine-thread.ts';
import type { Clock } from '../lib/clock.ts';
import { StopStack, type Stoppable } from '../lib/disposables.ts';
import { errorMessage } from '../lib/error-message.ts';
import { silentLog, type Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { within } from '../lib/within.ts';
import { engineOptions, type HostOptions, type ListenOptions } from '../options/host-options.ts';
import { isLoopback } from '../lib/loopback.ts';
import { startDesktopShell, type DesktopShell, type ShellFiles } from './desktop-shell.ts';
import type { ElectronApi } from './electron-api.ts';
import { LocalApi, type RunningApi } from './local-api.ts';
import { systemSecretBox } from './system-secret-box.ts';

/** Stopping takes no longer than this, in milliseconds; then the app ends as it is. */
const STOP_MS = 4_900;

/** What the desktop app is put together from. */
export interface DesktopAppParts {
  electron: ElectronApi;
  options: HostOptions;
  version: string;
  files: ShellFiles;
  platform: NodeJS.Platform;
  developmentServer: string | undefined;
  clock: Clock;
  random: Random;
  /** Takes the data folder for this process; throws when somebody has it. */
  lock(folder: string): { release(): void };
  openLog(folder: string): Stoppable & { log: Log; writeLine(line: string): void };
  startEngine(options: EngineOptions, dependencies: EngineHostDependencies): Promise<EngineHost>;
  startHttp(engine: EngineHost, listen: ListenOptions, log: Log): Promise<RunningApi>;
  /** Writes a line to standard output. */
  print(line: string): void;
  /** Says in the user's words why the app cannot go on. */
  complain(message: string): void;
  /** The exit code for what kept the app from starting. */
  exitCodeOf(error: unknown): number;
}

/** The running desktop app: engine, shell and local API, from the start to the exit code. */
export class DesktopApp {
  readonly #parts: DesktopAppParts;
  readonly #stops = new StopStack();
  #log: Log = silentLog;
  #starting: Promise<void> = Promise.resolve();
  #shell: DesktopShell | null = null;
  #link: string | undefined;
  #phase: 'running' | 'stopping' | 'stopped' = 'running';

  constructor(parts: DesktopAppParts) {
    this.#parts = parts;
  }

  /** Starts the engine and, when Electron is ready too, the first window, on the page of `link` if there is one. */
  start(link?: string): Promise<void> {
    this.#link ??= link;
    this.#starting = this.#start().catch((error: unknown) => this.fail(error));
    return this.#starting;
  }

  /** Brings a window to the front, on the page of a deep link if there is one; before the start it is kept for it. */
  show(link?: string): void {
    if (this.#phase !== 'running') return;
    if (this.#shell === null) this.#link = link ?? this.#link;
    else this.#shell.show(link);
  }

  /** Holds the end of the app up until everything has stopped cleanly. */
  beforeQuit(event: Pick<Event, 'preventDefault'>): void {
    if (this.#phase === 'stopped') return;
    event.preventDefault();
    if (this.#phase === 'running') void this.#quit(0);
  }

  /** Ends the app after a fault that leaves it in a state nobody knows, or that kept it from starting. */
  fail(error: unknown): void {
    if (this.#phase !== 'running') return;
    this.#log.error('the desktop app cannot go on', { error });
    this.#parts.complain(errorMessage(error));
    void this.#quit(this.#parts.exitCodeOf(error));
  }

  async #start(): Promise<void> {
    const engine = this.#stops.add(await this.#startEngine());
    await this.#parts.electron.app.whenReady();
    if (this.#phase !== 'running') return;
    const localApi = this.#localApi(engine);
    this.#openShell(engine, localApi);
    if (this.#parts.options.portGiven) await this.#answerOnGivenPort(localApi);
  }

  #startEngine(): Promise<EngineHost> {
    const { options, version, clock, random } = this.#parts;
    const lock = this.#parts.lock(options.dataFolder);
    this.#stops.defer(() => lock.release());
    const hostLog = this.#stops.add(this.#parts.openLog(options.dataFolder));
    const { log } = hostLog;
    this.#log = log;
    log.info('starting', { version, pid: process.pid, env: options.env, folder: options.dataFolder });
    const writeLogLine = (line: string): void => hostLog.writeLine(line);
    return this.#parts.startEngine(engineOptions(options, version), {
      clock,
      random,
      log,
      writeLogLine,
      secrets: systemSecretBox(this.#parts.electron, this.#parts.platform),
    });
  }

  #localApi(engine: EngineHost): LocalApi {
    const localApi = new LocalApi({
      start: (port) => this.#parts.startHttp(engine, this.#listen(port), this.#log),
      audit: (action, target, result) => engine.audit('desktop app', action, target, result),
      log: this.#log,
    });
    // Both at once: good-byes to stalled sockets must not take from the time the engine has.
    this.#stops.defer(async () => {
      await Promise.all([localApi.stop(), engine.stop()]);
    });
    return localApi;
  }

  #openShell(engine: EngineHost, localApi: LocalApi): void {
    const onSettings = ({ local_api: wanted }: Settings): void => {
      if (!this.#parts.options.portGiven) void localApi.want(wanted);
    };
    const options = { ...this.#parts, engine, log: this.#log, onSettings };
    this.#shell = this.#stops.add(startDesktopShell(options, this.#link));
  }

  async #answerOnGivenPort(localApi: LocalApi): Promise<void> {
    await localApi.want({ on: true, port: this.#parts.options.listen.port });
    if (localApi.failure !== null) throw new Error(localApi.failure);
    if (localApi.url === null) return;
    this.#parts.print(JSON.stringify({ ready: true, url: localApi.url, pid: process.pid }));
  }

  /** The desktop app lets in nobody from beyond this machine, whatever host was given. */
  #listen(port: number): ListenOptions {
    const { listen } = this.#parts.options;
    return { ...listen, host: isLoopback(listen.host) ? listen.host : '127.0.0.1', port };
  }

  async #quit(code: number): Promise<void> {
    this.#phase = 'stopping';
    let exitCode = code;
    try {
      await within(this.#parts.clock, STOP_MS, this.#stop(), `stopping took more than ${STOP_MS} ms`);
    } catch (error) {
      this.#log.error('the app did not stop cleanly', { error });
      exitCode = code === 0 ? 1 : code;
    }
    this.#phase = 'stopped';
    this.#parts.electron.app.exit(exitCode);
  }

  async #stop(): Promise<void> {
    // First of all, so that a click on "quit" takes effect at once.
    await this.#shell?.stop();
    await this.#starting;
    await this.#stops.stop();
  }
}
