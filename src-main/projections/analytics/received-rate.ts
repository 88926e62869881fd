/** How many whole seconds the rate is over. */
const SECONDS = 5;
/** Counts are kept of so many seconds: those of the rate, and the one that is filling. */
const KEPT = SECONDS + 3;

/** Events received by second, of the last few. */
export class ReceivedRate {
  readonly #seconds = new Float64Array(KEPT).fill(NaN);
  readonly #counts = new Float64Array(KEPT);

  /** Counts events that were received at a time, UTC milliseconds. */
  add(at: number, events: number): void {
    const second = Math.floor(at / 1000);
    const place = ((second % KEPT) + KEPT) % KEPT;
    const known = this.#seconds[place] as number;
    if (known > second) return;
    this.#counts[place] = (known === second ? (this.#counts[place] as number) : 0) + events;
    this.#seconds[place] = second;
  }

  /** Events a second over the last 5 whole ones. */
  perSecond(now: number): number {
    const current = Math.floor(now / 1000);
    let sum = 0;
    for (const [place, second] of this.#seconds.entries()) {
      if (second < current && second >= current - SECONDS) sum += this.#counts[place] as number;
    }
    return sum / SECONDS;
  }
}
