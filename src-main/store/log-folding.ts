import { errorMessage } from '../lib/error-message.ts';
import type { Log } from '../lib/log.ts';

/** The thread that folds, as far as it is used here. */
interface FoldingThread {
  call(name: 'fold', args: []): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Has the log folded into the database in a thread of its own: its writer would do it within a commit, for which all others
 * then wait. The thread is started when the log first grows. One that fails is only told of: the writer folds what is left.
 */
export class LogFolding {
  readonly #start: () => FoldingThread;
  readonly #log: Log;
  #thread: FoldingThread | null = null;
  #running: Promise<void> | null = null;
  #failing = false;
  #held = 0;

  constructor(start: () => FoldingThread, log: Log) {
    this.#start = start;
    this.#log = log;
  }

  /** The log grew: it is folded, unless that is under way. */
  grown(): void {
    if (this.#held > 0 || this.#running !== null) return;
    this.#running = this.#fold().finally(() => (this.#running = null));
  }

  /** Does something that must find the log in nobody's hands; nothing is folded meanwhile. */
  async without<T>(work: () => Promise<T>): Promise<T> {
    this.#held += 1;
    try {
      await this.#running;
      return await work();
    } finally {
      this.#held -= 1;
    }
  }

  /** Ends the thread when it is done; later nothing is folded any more. */
  async stop(): Promise<void> {
    this.#held += 1;
    await this.#running;
    await this.#thread?.stop();
  }

  async #fold(): Promise<void> {
    try {
      this.#thread ??= this.#start();
      await this.#thread.call('fold', []);
      this.#failing = false;
    } catch (error) {
      if (!this.#failing)
        this.#log.warn('the log of the database is not folded', { reason: errorMessage(error) });
      this.#failing = true;
    }
  }
}
