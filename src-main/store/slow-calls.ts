import type { Log } from '../lib/log.ts';

/** A call of the store that takes longer is logged, in milliseconds. */
const SLOW_MS = 100;

/** Times calls and logs those over 100 ms with their name. */
export class SlowCalls {
  readonly #monotonic: () => number;
  readonly #log: Log;

  constructor(monotonic: () => number, log: Log) {
    this.#monotonic = monotonic;
    this.#log = log;
  }

  /** Runs `work` and gives back what it gives. */
  time<T>(name: string, work: () => T): T {
    const begin = this.#monotonic();
    try {
      return work();
    } finally {
      const ms = this.#monotonic() - begin;
      if (ms > SLOW_MS) this.#log.warn('a call of the store was slow', { call: name, ms: Math.round(ms) });
    }
  }
}
