import type { EventColumns } from './event-columns.ts';
import { sumUp, type EventSums } from './event-sums.ts';

/** Columns that wait for a shard; when there are more, the oldest are summed up here. */
const MAX_WAITING = 64;

/** A thread that sums events up. */
export interface Shard {
  /** Sends columns; their sums come by `onSums` under the same number. */
  send(job: number, columns: EventColumns): void;
  /** Ends the thread; resolves when it has ended. */
  stop(): Promise<void>;
}

/** What a shard tells. */
export interface ShardListener {
  onSums: (job: number, sums: EventSums) => void;
  /** It takes nothing more, and what it had is lost. */
  onFailure: (error: Error) => void;
}

/** What a pool is made of. */
export interface ShardPoolOptions {
  count: number;
  start: (listener: ShardListener) => Shard;
  /** A shard failed: the others go on, what it had is summed up here, and it is not started again. */
  onFailure: (error: Error) => void;
}

interface Job {
  number: number;
  /** Null: summed up here. */
  shard: Shard | null;
  columns: EventColumns;
  sums: EventSums | null;
  done: (sums: EventSums) => void;
}

/**
 * Sums columns of events up in several threads, in turn, and hands the sums out in the order in which the columns came. What
 * a thread does not do, because it failed or is too far behind, is done here, so that nothing is lost and nothing piles up.
 */
export class ShardPool {
  readonly #shards: Shard[] = [];
  readonly #waiting: Job[] = [];
  readonly #onFailure: (error: Error) => void;
  #next = 0;

  constructor({ count, start, onFailure }: ShardPoolOptions) {
    this.#onFailure = onFailure;
    while (this.#shards.length < count) this.#shards.push(this.#started(start));
  }

  /** Sums columns up; `done` is called later, or at once when no shard is left, in the order of the calls. */
  sumUp(columns: EventColumns, done: (sums: EventSums) => void): void {
    const shard = this.#shards[this.#next % Math.max(1, this.#shards.length)] ?? null;
    const number = (this.#next += 1);
    this.#waiting.push({ number, shard, columns, sums: shard === null ? sumUp(columns) : null, done });
    shard?.send(number, columns);
    if (this.#waiting.length > MAX_WAITING) this.#doHere(this.#waiting.length - MAX_WAITING);
    this.#handOut();
  }

  /** Does here what waits, and ends the threads. */
  async stop(): Promise<void> {
    this.#doHere(this.#waiting.length);
    this.#handOut();
    await Promise.all(this.#shards.splice(0).map((shard) => shard.stop()));
  }

  #started(start: ShardPoolOptions['start']): Shard {
    const shard = start({
      onSums: (number, sums) => this.#take(number, sums),
      onFailure: (error) => this.#lose(shard, error),
    });
    return shard;
  }

  #take(number: number, sums: EventSums): void {
    const job = this.#waiting.find((one) => one.number === number);
    // What was done here meanwhile has been handed out.
    if (job === undefined) return;
    job.sums ??= sums;
    this.#handOut();
  }

  #lose(shard: Shard, error: Error): void {
    const place = this.#shards.indexOf(shard);
    if (place === -1) return;
    this.#shards.splice(place, 1);
    for (const job of this.#waiting) if (job.shard === shard) job.sums ??= sumUp(job.columns);
    this.#handOut();
    this.#onFailure(error);
  }

  /** Sums the oldest columns up that wait. */
  #doHere(count: number): void {
    for (const job of this.#waiting.slice(0, count)) job.sums ??= sumUp(job.columns);
  }

  #handOut(): void {
    for (let job = this.#waiting[0]; job?.sums != null; job = this.#waiting[0]) {
      this.#waiting.shift();
      job.done(job.sums);
    }
  }
}
