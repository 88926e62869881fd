import { RateMeter } from '../rate-meter.ts';

/** How many messages come from each source in a second: told once a second what the sources have received. */
export class SourceRates {
  readonly #meters = new Map<string, { meter: RateMeter; received: number; perSecond: number }>();

  /**
   * Measures.
   * @param now monotonic, in milliseconds.
   * @param ledgers what every source has received so far; there are a handful of sources.
   */
  tick(now: number, ledgers: readonly { source: string; received: number }[]): void {
    for (const { source, received } of ledgers) {
      const known = this.#meters.get(source) ?? { meter: new RateMeter(), received, perSecond: 0 };
      known.meter.add(received - known.received);
      this.#meters.set(source, { ...known, received, perSecond: known.meter.rate(now) });
    }
  }

  /** Messages of a source in a second, over the last five; 0 for one that was not measured. */
  perSecond(source: string): number {
    return this.#meters.get(source)?.perSecond ?? 0;
  }
}
