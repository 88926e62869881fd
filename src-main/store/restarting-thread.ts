import type { Clock } from '../lib/clock.ts';
import { errorMessage } from '../lib/error-message.ts';
import type { Log } from '../lib/log.ts';
import { RestartIntensity } from '../lib/restart-intensity.ts';
import { StoreFailure } from './store-failure.ts';
import { StoreThread, type StoreWorker } from './store-thread.ts';

/** A thread may die this often; then its calls reject until the oldest death is long enough ago. */
const RESTARTS = { restarts: 5, withinMs: 60_000 };

/** The most calls that wait for it at a time. */
const MOST_CALLS = 1_000;

/** What a {@link RestartingThread} needs. */
export interface RestartingThreadOptions {
  /** In words: "the store's reader for screens". */
  title: string;
  start(): StoreWorker;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
}

/** A thread of the store that is started again when it dies: calls under way reject, later ones go to the new thread. */
export class RestartingThread {
  readonly #options: RestartingThreadOptions;
  readonly #intensity = new RestartIntensity(RESTARTS);
  #thread: StoreThread;
  #dead = false;
  #stopping = false;

  constructor(options: RestartingThreadOptions) {
    this.#options = options;
    this.#thread = this.#start();
  }

  /** Resolves once the first thread can answer. */
  get ready(): Promise<unknown> {
    return this.#thread.ready;
  }

  /** Asks the present thread; starts one first when there is none and the limit allows it. */
  async call(name: string, args: unknown[]): Promise<unknown> {
    if (this.#dead && !this.#stopping) this.#restart();
    const thread = this.#thread;
    await thread.ready;
    return thread.calls.call(name, args);
  }

  /** Lets it answer what was asked, and ends it. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#thread.stop();
  }

  #start(): StoreThread {
    const { title, log } = this.#options;
    const thread = new StoreThread(this.#options.start(), {
      title,
      log,
      limit: MOST_CALLS,
      onDeath: (reason) => {
        log.error(`${title} died`, { reason: reason.message });
        this.#dead = true;
      },
    });
    thread.ready.catch((error: unknown) => {
      if (this.#stopping) return;
      log.error(`${title} did not start`, { reason: errorMessage(error) });
      this.#dead = true;
    });
    return thread;
  }

  #restart(): void {
    const now = this.#options.clock.monotonic();
    if (!this.#intensity.allows(now)) {
      const words = `${this.#options.title} died ${RESTARTS.restarts} times within a minute: it is started again later`;
      throw new StoreFailure('closed', words);
    }
    this.#intensity.record(now);
    this.#dead = false;
    this.#thread = this.#start();
  }
}
