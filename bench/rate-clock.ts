import { performance } from 'node:perf_hooks';

/** Rate over the second half of what is counted: connecting, and compiling in every new thread, is not what is measured. */
export class RateClock {
  total = 0;
  readonly #expected: number;
  #begun: { at: number; count: number } | null = null;
  #ended = 0;

  constructor(expected: number) {
    this.#expected = expected;
  }

  /** Counts some more. */
  seen(count: number): void {
    this.total += count;
    if (this.#begun === null && this.total >= this.#expected / 2) {
      this.#begun = { at: performance.now(), count: this.total };
    }
    if (this.total >= this.#expected) this.#ended = performance.now();
  }

  /** How many a second; once all have come. */
  rate(): number {
    const begun = this.#begun ?? { at: 0, count: 0 };
    return ((this.total - begun.count) * 1000) / (this.#ended - begun.at);
  }
}
