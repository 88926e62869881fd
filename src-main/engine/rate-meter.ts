/** Counts events and tells their rate over the last seconds. */
export class RateMeter {
  readonly #samples: { at: number; count: number }[] = [];
  readonly #windowMs: number;
  #count = 0;

  /** @param windowMs the length of time the rate is measured over. */
  constructor(windowMs = 5000) {
    this.#windowMs = windowMs;
  }

  add(events: number): void {
    this.#count += events;
  }

  /** Events per second; called once a second with a monotonic time in milliseconds, so it holds a few samples only. */
  rate(now: number): number {
    this.#samples.push({ at: now, count: this.#count });
    while (this.#samples.length > 2 && now - (this.#samples[0]?.at ?? now) > this.#windowMs)
      this.#samples.shift();
    const first = this.#samples[0];
    if (first === undefined || now <= first.at) return 0;
    return ((this.#count - first.count) * 1000) / (now - first.at);
  }
}
