/** At most `restarts` in any `withinMs` milliseconds. */
export interface IntensityLimit {
  readonly restarts: number;
  readonly withinMs: number;
}

/** Decides whether a service may be started again: remembers the last few restarts, on a monotonic clock. */
export class RestartIntensity {
  readonly #limit: IntensityLimit;
  readonly #times: number[] = [];

  constructor(limit: IntensityLimit) {
    this.#limit = limit;
  }

  /** True when a restart at `time`, not before the last one recorded, keeps within the limit. */
  allows(time: number): boolean {
    if (this.#times.length < this.#limit.restarts) return true;
    const oldest = this.#times[0];
    return oldest !== undefined && time - oldest >= this.#limit.withinMs;
  }

  /** Remembers a restart at `time`. */
  record(time: number): void {
    this.#times.push(time);
    if (this.#times.length > this.#limit.restarts) this.#times.shift();
  }

  /** Forgets all restarts. */
  reset(): void {
    this.#times.length = 0;
  }
}
