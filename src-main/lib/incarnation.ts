import type { Stoppable } from './disposables.ts';
import type { Log } from './log.ts';
import type { ServiceContext, ServiceSpec } from './service.ts';

/** What a run tells its supervisor: `started` at most once, then one of the others at most once, until it is stopped. */
export interface RunEvents {
  readonly started: () => void;
  readonly failed: (error: unknown) => void;
  readonly finished: () => void;
}

/** One run of a service, from `begin` until its handle is stopped. Over once it failed, finished or was stopped. */
export class Incarnation implements Stoppable {
  readonly #spec: ServiceSpec;
  readonly #log: Log;
  readonly #events: RunEvents;
  #controller: AbortController | null = null;
  #starting: Promise<void> | null = null;
  #handle: Stoppable | null = null;
  #stopping: Promise<void> | null = null;
  #over = false;

  constructor(spec: ServiceSpec, log: Log, events: RunEvents) {
    this.#spec = spec;
    this.#log = log;
    this.#events = events;
  }

  /** Starts the service; one that gives its handle at once has started when this returns. */
  begin(): void {
    try {
      const started = this.#spec.start(this.#context());
      if (started instanceof Promise) this.#starting = this.#await(started);
      else this.#adopt(started);
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Ends the run: aborts its signal, waits for a start that is under way, and stops the handle. Every call returns the
   * same promise, which rejects with what stopping the handle threw.
   */
  stop(): Promise<void> {
    this.#end();
    this.#stopping ??= this.#release();
    return this.#stopping;
  }

  async #release(): Promise<void> {
    if (this.#handle === null) {
      // Lets a start that is still on the stack hand over its handle first.
      await Promise.resolve();
      await this.#starting;
    }
    // Taken out first: stopping the handle may lead back here.
    const handle = this.#handle;
    this.#handle = null;
    await handle?.stop();
  }

  async #await(started: Promise<Stoppable>): Promise<void> {
    try {
      this.#adopt(await started);
    } catch (error) {
      this.#fail(error);
    }
  }

  #adopt(handle: Stoppable): void {
    this.#handle = handle;
    if (!this.#over) this.#events.started();
  }

  #fail(error: unknown): void {
    if (this.#end()) this.#events.failed(error);
  }

  /** True for the first of all ends; the others do not count. */
  #end(): boolean {
    if (this.#over) return false;
    this.#over = true;
    this.#controller?.abort();
    return true;
  }

  /** The signal is made when it is asked for: most of thousands of small services never do. */
  #signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#over) this.#controller.abort();
    return this.#controller.signal;
  }

  #context(): ServiceContext {
    const signal = (): AbortSignal => this.#signal();
    return {
      log: this.#log,
      fail: (error) => {
        this.#fail(error);
      },
      finish: () => {
        if (this.#end()) this.#events.finished();
      },
      get signal() {
        return signal();
      },
    };
  }
}
