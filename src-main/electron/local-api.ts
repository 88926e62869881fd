import type { LocalApi as LocalApiSettings } from '../../src-contract/settings.ts';
import { errorMessage } from '../lib/error-message.ts';
import type { Log } from '../lib/log.ts';

/** An HTTP host that answers. */
export interface RunningApi {
  readonly url: string;
  stop(): Promise<void>;
}

/** What the local API needs. */
export interface LocalApiOptions {
  /** Starts the HTTP host on a loopback port (0: any free one); rejects when it cannot listen. */
  start(port: number): Promise<RunningApi>;
  /** Writes what happened to the audit list. */
  audit(action: string, target: string, result: string): void;
  log: Log;
}

/** Turns the HTTP host of the desktop app on and off as it is told, one change after the other, the latest one wins. */
export class LocalApi {
  readonly #options: LocalApiOptions;
  #wanted: LocalApiSettings = { on: false, port: 0 };
  #running: (RunningApi & { port: number }) | null = null;
  #failure: string | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(options: LocalApiOptions) {
    this.#options = options;
  }

  /** Where it answers now, or null. */
  get url(): string | null {
    return this.#running?.url ?? null;
  }

  /** Why it does not answer although it was wanted, or null. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Brings it into the wanted state; a failure is logged and audited. Resolves when that is done. */
  want({ on, port }: LocalApiSettings): Promise<void> {
    if (this.#wanted.on === on && this.#wanted.port === port) return this.#work;
    this.#wanted = { on, port };
    this.#work = this.#work.then(() => this.#reach()).catch((error: unknown) => this.#failed(error));
    return this.#work;
  }

  /** Turns it off for good. Rejects when the HTTP host does not stop cleanly. */
  async stop(): Promise<void> {
    this.#wanted = { ...this.#wanted, on: false };
    await this.#work;
    await this.#end();
  }

  async #reach(): Promise<void> {
    const { on, port } = this.#wanted;
    if (this.#running !== null && on && this.#running.port === port) return;
    this.#failure = null;
    await this.#end();
    if (!on) return;
    const started = await this.#options.start(port);
    this.#running = { url: started.url, stop: () => started.stop(), port };
    this.#options.log.info('the local API answers', { url: started.url });
    this.#options.audit('local_api.on', started.url, 'ok');
  }

  async #end(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    await running.stop();
    this.#options.audit('local_api.off', running.url, 'ok');
  }

  #failed(error: unknown): void {
    const reason = errorMessage(error);
    this.#failure = reason;
    this.#options.log.error('the local API could not be changed', { error: reason, ...this.#wanted });
    this.#options.audit('local_api.on', `port ${this.#wanted.port}`, `failed: ${reason}`);
  }
}
