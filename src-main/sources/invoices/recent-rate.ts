const BUCKET_MS = 250;
const BUCKETS = 20;
const WINDOW_MS = BUCKET_MS * BUCKETS;

/** Counts what happens and tells how much of it per second over the last 5 s, or since it began when that is less. */
export class RecentRate {
  readonly #counts = new Float64Array(BUCKETS);
  #began = -Infinity;
  /** Number of the newest bucket since time began; the ring holds it and the 19 before it. */
  #newest = 0;

  /** Forgets everything and begins to measure. */
  begin(now: number): void {
    this.#counts.fill(0);
    this.#began = now;
  }

  /** Counts something at a monotonic time in milliseconds. */
  add(count: number, now: number): void {
    this.#turn(now);
    const slot = this.#newest % BUCKETS;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + count;
  }

  /** Per second; 0 when nothing was counted within the window. */
  perSecond(now: number): number {
    this.#turn(now);
    const sum = this.#counts.reduce((total, count) => total + count, 0);
    const spanMs = Math.min(WINDOW_MS - BUCKET_MS + (now % BUCKET_MS), now - this.#began);
    return spanMs <= 0 ? 0 : (sum * 1000) / spanMs;
  }

  #turn(now: number): void {
    const bucket = Math.floor(now / BUCKET_MS);
    for (let next = Math.max(this.#newest + 1, bucket - BUCKETS + 1); next <= bucket; next += 1)
      this.#counts[next % BUCKETS] = 0;
    this.#newest = Math.max(this.#newest, bucket);
  }
}
