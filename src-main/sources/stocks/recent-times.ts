/** Timestamps remembered of each symbol, the newest to come. */
const KEPT = 8;

/**
 * The timestamps that quotes had lately, to tell what was told before: of each symbol the last 8 that came, first of all
 * that of its newest stored quote. A late quote older than these that comes twice is new twice.
 */
export class RecentTimes {
  readonly #lastStored: (symbol: string) => number | null;
  readonly #times = new Map<string, number[]>();

  /** @param lastStored timestamp of a symbol's newest stored quote, UTC milliseconds; asked once for each symbol. */
  constructor(lastStored: (symbol: string) => number | null) {
    this.#lastStored = lastStored;
  }

  /** Remembers that a quote came; answers whether it is a new one. */
  take(symbol: string, asOf: number): boolean {
    const known = this.#of(symbol);
    if (known.includes(asOf)) return false;
    known.push(asOf);
    if (known.length > KEPT) known.shift();
    return true;
  }

  /** Forgets every symbol but these. */
  keep(symbols: ReadonlySet<string>): void {
    for (const symbol of this.#times.keys()) if (!symbols.has(symbol)) this.#times.delete(symbol);
  }

  #of(symbol: string): number[] {
    let times = this.#times.get(symbol);
    if (times === undefined) {
      const stored = this.#lastStored(symbol);
      times = stored === null ? [] : [stored];
      this.#times.set(symbol, times);
    }
    return times;
  }
}
