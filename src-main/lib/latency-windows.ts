import { LatencyHistogram } from './latency-histogram.ts';

/** A window over latencies; `start`: everything that was ever recorded. */
export type LatencyWindow = '1m' | '5m' | '15m' | '1h' | '24h' | 'start';

const SLOT_MS = 5000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Which slots a window is made of, and of how many, the one that is filling included. */
const SLOTS: Readonly<
  Record<Exclude<LatencyWindow, 'start'>, { level: 'slots' | 'minutes' | 'hours'; count: number }>
> = {
  '1m': { level: 'slots', count: 12 },
  '5m': { level: 'minutes', count: 5 },
  '15m': { level: 'minutes', count: 15 },
  '1h': { level: 'minutes', count: 60 },
  '24h': { level: 'hours', count: 24 },
};

/** Histograms of slots of time, by number; the oldest is overwritten. */
class Ring {
  readonly #length: number;
  readonly #histograms: (LatencyHistogram | undefined)[] = [];
  readonly #numbers: number[];

  constructor(length: number, slots: number) {
    this.#length = length;
    this.#numbers = Array<number>(slots).fill(-1);
  }

  merge(at: number, histogram: LatencyHistogram): void {
    const number = Math.floor(at / this.#length);
    const place = number % this.#numbers.length;
    const slot = this.#histograms[place] ?? new LatencyHistogram();
    if (this.#numbers[place] !== number) slot.reset();
    this.#histograms[place] = slot;
    this.#numbers[place] = number;
    slot.merge(histogram);
  }

  read(now: number, slots: number, into: LatencyHistogram): void {
    const newest = Math.floor(now / this.#length);
    for (const [place, number] of this.#numbers.entries()) {
      const slot = this.#histograms[place];
      if (slot !== undefined && number <= newest && number > newest - slots) into.merge(slot);
    }
  }
}

/**
 * Latencies over sliding windows: a window is the histogram of everything that was recorded in it, to the slot. Slots are of
 * 5 s for the last minute, of minutes to an hour, of hours to a day, so that a window is at most one slot shorter than its
 * name. 98 histograms (1.4 MB) at most; recording costs what one histogram does.
 */
export class LatencyWindows {
  readonly #rings = {
    slots: new Ring(SLOT_MS, 12),
    minutes: new Ring(MINUTE_MS, 60),
    hours: new Ring(HOUR_MS, 24),
  };
  readonly #ever = new LatencyHistogram();
  /** The slot that is filling: in no ring yet. */
  readonly #open = new LatencyHistogram();
  #openAt = 0;

  /**
   * Records a latency `times` times.
   * @param us microseconds.
   * @param now of a clock that never goes back, in milliseconds from 0.
   */
  record(us: number, now: number, times = 1): void {
    if (now >= this.#openAt + SLOT_MS) this.#close(now);
    this.#open.recordMany(us, times);
  }

  /** Everything that was recorded in a window that ends now; a copy. */
  read(window: LatencyWindow, now: number): LatencyHistogram {
    if (now >= this.#openAt + SLOT_MS) this.#close(now);
    const merged = new LatencyHistogram();
    merged.merge(this.#open);
    if (window === 'start') {
      merged.merge(this.#ever);
    } else {
      const { level, count } = SLOTS[window];
      this.#rings[level].read(now, count, merged);
    }
    return merged;
  }

  #close(now: number): void {
    if (this.#open.count > 0) {
      for (const ring of Object.values(this.#rings)) ring.merge(this.#openAt, this.#open);
      this.#ever.merge(this.#open);
      this.#open.reset();
    }
    this.#openAt = Math.floor(now / SLOT_MS) * SLOT_MS;
  }
}
