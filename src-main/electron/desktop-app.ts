import type { Event } from 'electron';
import type { Settings } from '../../src-contract/settings.ts';
import type { EngineHost } from '../engine/engine-port.ts';
import type { Clock } from '../lib/clock.ts';
import { StopStack } from '../lib/disposables.ts';
import { errorMessage } from '../lib/error-message.ts';
import type { Log } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import type { HostOptions, ListenOptions } from '../options/host-options.ts';
import { isLoopback } from '../options/loopback.ts';
import { startDesktopShell, type DesktopShell, type ShellFiles } from './desktop-shell.ts';
import type { ElectronApi } from './electron-api.ts';
import { LocalApi, type RunningApi } from './local-api.ts';

/** Stopping takes no longer than this, in milliseconds; then the app ends as it is. */
const STOP_MS = 4_500;

/** What the desktop app is put together from. */
export interface DesktopAppOptions {
  electron: ElectronApi;
  options: HostOptions;
  files: ShellFiles;
  platform: NodeJS.Platform;
  developmentServer: string | undefined;
  clock: Clock;
  log: Log;
  startEngine(): Promise<EngineHost>;
  startHttp(engine: EngineHost, listen: ListenOptions): Promise<RunningApi>;
  /** Writes a line to standard output. */
  print(line: string): void;
  /** Says in the user's words why the app cannot go on. */
  complain(message: string): void;
  /** Lets go of what was taken before the start, such as the lock of the data folder. */
  release(): void | Promise<void>;
}

/** The running desktop app: engine, shell and local API, from the start to the exit code. */
export class DesktopApp {
  readonly #with: DesktopAppOptions;
  readonly #stops = new StopStack();
  #starting: Promise<void> = Promise.resolve();
  #shell: DesktopShell | null = null;
  #link: string | undefined;
  #phase: 'running' | 'stopping' | 'stopped' = 'running';

  constructor(options: DesktopAppOptions) {
    this.#with = options;
    this.#stops.defer(() => options.release());
  }

  /** Starts the engine, then the first window, on the page of `link` if there is one. Electron must be ready. */
  start(link?: string): Promise<void> {
    this.#link ??= link;
    this.#starting = this.#start().catch((error: unknown) => this.#fail(errorMessage(error)));
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

  async #start(): Promise<void> {
    const { clock, log } = this.#with;
    const engine = this.#stops.add(await this.#with.startEngine());
    if (this.#phase !== 'running') return;
    const localApi = this.#stops.add(
      new LocalApi({
        start: (port) => this.#with.startHttp(engine, this.#listen(port)),
        audit: (action, target, result) => engine.audit('desktop app', action, target, result),
        log,
      }),
    );
    const onSettings = ({ local_api: wanted }: Settings): void => {
      if (!this.#with.options.portGiven) void localApi.want(wanted);
    };
    const { electron, files, platform, developmentServer } = this.#with;
    this.#shell = this.#stops.add(
      startDesktopShell(
        { electron, engine, files, platform, developmentServer, clock, log, onSettings },
        this.#link,
      ),
    );
    if (this.#with.options.portGiven) await this.#answerOnGivenPort(localApi);
  }

  async #answerOnGivenPort(localApi: LocalApi): Promise<void> {
    await localApi.want({ on: true, port: this.#with.options.listen.port });
    if (localApi.failure !== null) throw new Error(localApi.failure);
    if (localApi.url === null) return;
    this.#with.print(JSON.stringify({ ready: true, url: localApi.url, pid: process.pid }));
  }

  /** The desktop app lets in nobody from beyond this machine, whatever host was given. */
  #listen(port: number): ListenOptions {
    const { listen } = this.#with.options;
    return { ...listen, host: isLoopback(listen.host) ? listen.host : '127.0.0.1', port };
  }

  #fail(message: string): void {
    if (this.#phase !== 'running') return;
    this.#with.log.error('the app could not start', { error: message });
    this.#with.complain(message);
    void this.#quit(1);
  }

  async #quit(code: number): Promise<void> {
    this.#phase = 'stopping';
    let exitCode = code;
    try {
      await within(this.#with.clock, STOP_MS, this.#stop(), `stopping took more than ${STOP_MS} ms`);
    } catch (error) {
      this.#with.log.error('the app did not stop cleanly', { error: errorMessage(error) });
      exitCode = 1;
    }
    this.#phase = 'stopped';
    this.#with.electron.app.exit(exitCode);
  }

  async #stop(): Promise<void> {
    if (this.#shell !== null) await this.#shell.stop();
    await this.#starting;
    await this.#stops.stop();
  }
}
