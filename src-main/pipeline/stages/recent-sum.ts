/** Length of a bucket in milliseconds, and how many are kept: five seconds and the bucket that is being filled. */
const BUCKET_MS = 250;
const BUCKETS = 21;

/** The longest window a {@link RecentSum} answers for, in milliseconds. */
export const LONGEST_RECENT_MS = BUCKET_MS * (BUCKETS - 1);

/** Sums of the last five seconds, in buckets of a quarter of a second. Times are monotonic milliseconds. */
export class RecentSum {
  readonly #sums = new Float64Array(BUCKETS);
  #newest = 0;

  /** Adds an amount at a moment; what is older than five seconds is left out. */
  add(at: number, amount: number): void {
    const bucket = Math.floor(at / BUCKET_MS);
    this.#advance(bucket);
    if (bucket <= this.#newest - BUCKETS) return;
    const place = bucket % BUCKETS;
    this.#sums[place] = (this.#sums[place] as number) + amount;
  }

  /** Adds the milliseconds of a period, each to the bucket it lies in. */
  addSpan(from: number, to: number): void {
    let begin = Math.max(from, to - LONGEST_RECENT_MS);
    while (begin < to) {
      const end = Math.min(to, (Math.floor(begin / BUCKET_MS) + 1) * BUCKET_MS);
      this.add(begin, end - begin);
      begin = end;
    }
  }

  /** What was added per millisecond of about the last `ms`, at most {@link LONGEST_RECENT_MS}: of spans, their share. */
  perMs(now: number, ms: number): number {
    const last = Math.floor(now / BUCKET_MS);
    this.#advance(last);
    const first = Math.max(0, Math.floor((now - ms) / BUCKET_MS) + 1, last - BUCKETS + 1);
    let sum = 0;
    for (let bucket = first; bucket <= last; bucket += 1) sum += this.#sums[bucket % BUCKETS] as number;
    const covered = now - first * BUCKET_MS;
    return covered <= 0 ? 0 : sum / covered;
  }

  #advance(bucket: number): void {
    if (bucket <= this.#newest) return;
    const first = Math.max(this.#newest + 1, bucket - BUCKETS + 1);
    for (let index = first; index <= bucket; index += 1) this.#sums[index % BUCKETS] = 0;
    this.#newest = bucket;
  }
}
