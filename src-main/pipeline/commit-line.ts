import type { Committed, EventBatch } from '../../src-contract/journal.ts';
import type { Clock } from '../lib/clock.ts';
import type { ClosedBatch } from './batch-builder.ts';

/** What a commit line needs. */
export interface CommitLineOptions {
  clock: Clock;
  commit: (batch: EventBatch) => Promise<Committed>;
  retryDelay: (attempt: number) => number;
  onFailure: (error: Error | null) => void;
  onCommitted: (committed: Committed, batch: ClosedBatch) => void;
  /** Nothing is left to commit. */
  onIdle: () => void;
}

/**
 * Commits batches strictly one after another: a batch that fails is tried again before the next one, so that the offset
 * never jumps over events. Its length is bounded by the room its stream gives.
 */
export class CommitLine {
  readonly #options: CommitLineOptions;
  #batches: ClosedBatch[] = [];
  #running = false;
  #stopped = false;
  #attempt = 0;
  #cancelRetry: (() => void) | null = null;
  #added = 0;
  #finished = 0;
  #waiters: { target: number; resolve: () => void }[] = [];

  constructor(options: CommitLineOptions) {
    this.#options = options;
  }

  /** Whether nothing is being or waits to be committed. */
  get isIdle(): boolean {
    return this.#batches.length === 0;
  }

  /** Adds a batch behind the others. */
  add(batch: ClosedBatch): void {
    this.#batches.push(batch);
    this.#added++;
    this.#next();
  }

  /** Resolves when every batch added so far is committed, or the line was stopped. */
  flushed(): Promise<void> {
    if (this.isIdle || this.#stopped) return Promise.resolve();
    const target = this.#added;
    return new Promise((resolve) => this.#waiters.push({ target, resolve }));
  }

  /** Stops committing; answers what was not known to be committed. */
  stop(): ClosedBatch[] {
    this.#stopped = true;
    this.#cancelRetry?.();
    const left = this.#batches;
    this.#batches = [];
    this.#settle(Infinity);
    return left;
  }

  #next(): void {
    const batch = this.#batches[0];
    if (batch === undefined || this.#running || this.#stopped) return;
    this.#running = true;
    this.#options.commit(batch.columns).then(
      (committed) => this.#done(committed, batch),
      (error: unknown) => this.#failed(error instanceof Error ? error : new Error(String(error))),
    );
  }

  #done(committed: Committed, batch: ClosedBatch): void {
    this.#running = false;
    if (this.#stopped) return;
    this.#batches.shift();
    this.#finished++;
    if (this.#attempt > 0) this.#options.onFailure(null);
    this.#attempt = 0;
    this.#options.onCommitted(committed, batch);
    if (this.isIdle) this.#options.onIdle();
    this.#settle(this.#finished);
    this.#next();
  }

  #failed(error: Error): void {
    if (this.#stopped) return;
    this.#options.onFailure(error);
    this.#attempt++;
    this.#cancelRetry = this.#options.clock.after(this.#options.retryDelay(this.#attempt), () => {
      this.#cancelRetry = null;
      this.#running = false;
      this.#next();
    });
  }

  #settle(reached: number): void {
    const ready = this.#waiters.filter(({ target }) => target <= reached);
    this.#waiters = this.#waiters.filter(({ target }) => target > reached);
    for (const { resolve } of ready) resolve();
  }
}
