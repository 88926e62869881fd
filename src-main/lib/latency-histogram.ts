const LONGEST_US = 3_600_000_000;
const LINEAR_BITS = 6;
/** Values below are counted one by one; above, every power of two is cut into half as many equal buckets. */
const EXACT_BELOW = 2 ** (LINEAR_BITS + 1);
const BUCKETS = indexOf(LONGEST_US) + 1;

/**
 * Counts of latencies from 1 µs to 1 h, in 1,708 log-linear buckets (13.7 kB), however many are recorded.
 *
 * A percentile is exact below 128 µs and within 1/128 (0.79 %) of the exact one above. What lies outside the span is
 * counted at its nearer end (what is not a number, as 1 µs).
 */
export class LatencyHistogram {
  // Doubles count exactly to 2^53; 32-bit integers would be full after minutes at the highest rates.
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #max = 0;

  /** How many values were recorded. */
  get count(): number {
    return this.#count;
  }

  /** The largest recorded value in whole microseconds, exact; 0 when there is none. */
  get max(): number {
    return this.#max;
  }

  /** Records one latency in microseconds, rounded to a whole one. */
  record(us: number): void {
    const value = us >= 1 ? (us < LONGEST_US ? (us + 0.5) >>> 0 : LONGEST_US) : 1;
    const index = indexOf(value);
    this.#counts[index] = (this.#counts[index] as number) + 1;
    this.#count += 1;
    if (value > this.#max) this.#max = value;
  }

  /** Records one latency `times` times: of a batch whose events all took the same. */
  recordMany(us: number, times: number): void {
    const value = us >= 1 ? (us < LONGEST_US ? (us + 0.5) >>> 0 : LONGEST_US) : 1;
    const index = indexOf(value);
    this.#counts[index] = (this.#counts[index] as number) + times;
    this.#count += times;
    if (value > this.#max && times > 0) this.#max = value;
  }

  /**
   * The value in microseconds that `p` percent of the recorded ones do not exceed (nearest rank); 0 when there is
   * none. Throws a RangeError when `p` is not between 0 and 100.
   */
  percentile(p: number): number {
    if (!(p >= 0 && p <= 100)) throw new RangeError(`a percentile is between 0 and 100, not ${p}`);
    if (this.#count === 0) return 0;
    let left = rankOf(p, this.#count);
    let index = -1;
    while (left > 0) {
      index += 1;
      left -= this.#counts[index] as number;
    }
    return Math.min(middleOf(index), this.#max);
  }

  /** Adds everything that `other` recorded, as if it had been recorded here. */
  merge(other: LatencyHistogram): void {
    for (let index = 0; index < BUCKETS; index += 1) {
      this.#counts[index] = (this.#counts[index] as number) + (other.#counts[index] as number);
    }
    this.#count += other.#count;
    this.#max = Math.max(this.#max, other.#max);
  }

  /** Forgets everything. */
  reset(): void {
    this.#counts.fill(0);
    this.#count = 0;
    this.#max = 0;
  }
}

function indexOf(value: number): number {
  if (value < EXACT_BELOW) return value;
  const shift = 31 - LINEAR_BITS - Math.clz32(value);
  return (shift << LINEAR_BITS) + (value >>> shift);
}

/** The middle of the whole numbers that share a bucket. */
function middleOf(index: number): number {
  if (index < EXACT_BELOW) return index;
  const shift = (index >> LINEAR_BITS) - 1;
  const width = 2 ** shift;
  return (index - (shift << LINEAR_BITS)) * width + (width - 1) / 2;
}

/** The nearest rank, from 1; the part in a billion that is taken off undoes what 99.9 % loses in binary. */
function rankOf(p: number, count: number): number {
  return Math.max(1, Math.ceil(((p * count) / 100) * (1 - 1e-12)));
}
