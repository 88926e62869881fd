import type { Clock } from '../../lib/clock.ts';

/** Above this many a second work is done in slices, not one by one. */
const FASTEST_SINGLY = 20;
const SLICE_MS = 50;
/** What is late is made up for at most this many times as fast as the rate. */
const CATCH_UP = 2;
/** Sums of times and rates are right to far less than this part of an invoice. */
const ROUNDING = 1e-6;

/** The whole part of a progress that floating point may have left just below an integer. */
export function wholePart(progress: number): number {
  return Math.floor(progress + ROUNDING);
}

/**
 * Says what is due at a steady rate, in running time: the k-th at k ÷ rate seconds. A pause keeps the phase; a new rate
 * counts from the moment it is set. What was due and not taken stays due, but no more than double the rate is given out.
 */
export class Pace {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #perSecond: number;
  /** Progress at `#since`; while it pauses, `#since` is null. */
  #base: number;
  #since: number | null = null;
  #taken: number;
  /** Up to where progress may be taken: behind it while catching up. */
  #released: number;
  #releasedAt = 0;

  /** @param taken where counting begins. It pauses until `run`. */
  constructor(clock: Pick<Clock, 'monotonic'>, perSecond: number, taken = 0) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#base = taken;
    this.#taken = taken;
    this.#released = taken;
  }

  /** How many would have been taken by now, had nothing held it up; with the fraction of the next. */
  get progress(): number {
    if (this.#since === null) return this.#base;
    return this.#base + ((this.#clock.monotonic() - this.#since) * this.#perSecond) / 1000;
  }

  /** Goes on; does nothing while it runs. */
  run(): void {
    if (this.#since !== null) return;
    this.#since = this.#clock.monotonic();
    this.#releasedAt = this.#since;
  }

  /** Stands still until `run`. */
  pause(): void {
    if (this.#since === null) return;
    this.#release();
    this.#base = this.progress;
    this.#since = null;
  }

  /** Sets another rate from now on. */
  setRate(perSecond: number): void {
    if (perSecond === this.#perSecond) return;
    const isRunning = this.#since !== null;
    this.pause();
    this.#perSecond = perSecond;
    if (isRunning) this.run();
  }

  /** How many can be taken now. */
  due(): number {
    this.#release();
    return Math.max(0, wholePart(this.#released) - this.#taken);
  }

  /** Takes some of what is due. */
  take(count: number): void {
    this.#taken += count;
  }

  /** Drops what is due and not taken; the phase stays. */
  forget(): void {
    const progress = this.progress;
    this.#taken = Math.max(this.#taken, wholePart(progress));
    this.#released = progress;
    this.#releasedAt = this.#clock.monotonic();
  }

  /** Milliseconds until it is worth asking again for what is due; null while it pauses. */
  wait(): number | null {
    if (this.#since === null) return null;
    this.#release();
    if (this.#perSecond > FASTEST_SINGLY) return SLICE_MS;
    const next = this.#taken + 1;
    const untilDue = (next - this.progress) / this.#perSecond;
    const untilReleased = (next - this.#released) / (CATCH_UP * this.#perSecond);
    return Math.max(0, untilDue, untilReleased) * 1000;
  }

  #release(): void {
    if (this.#since === null) return;
    const now = this.#clock.monotonic();
    const earned = ((now - this.#releasedAt) * CATCH_UP * this.#perSecond) / 1000;
    const atOnce = Math.max(1, (SLICE_MS * CATCH_UP * this.#perSecond) / 1000);
    this.#released = Math.min(this.progress, this.#released + earned, this.#taken + atOnce);
    this.#releasedAt = now;
  }
}
