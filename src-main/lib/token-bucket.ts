import type { Clock } from './clock.ts';

/** How many a bucket lets through: `perSecond` on the long run, `burst` at once. */
export interface TokenBucketLimits {
  readonly perSecond: number;
  readonly burst: number;
}

/** Lets through what comes at a steady rate, and bursts up to a limit. */
export class TokenBucket {
  readonly #limits: TokenBucketLimits;
  readonly #clock: Pick<Clock, 'monotonic'>;
  #tokens: number;
  #at: number;

  constructor(limits: TokenBucketLimits, clock: Pick<Clock, 'monotonic'>) {
    this.#limits = limits;
    this.#clock = clock;
    this.#tokens = limits.burst;
    this.#at = clock.monotonic();
  }

  /** Takes one; false when there is none left now. */
  take(): boolean {
    const now = this.#clock.monotonic();
    const earned = ((now - this.#at) / 1000) * this.#limits.perSecond;
    this.#tokens = Math.min(this.#limits.burst, this.#tokens + earned);
    this.#at = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
