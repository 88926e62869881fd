import type { QuoteRecord } from '../../../src-contract/checkpoint.ts';
import { freshnessOf, type FreshnessRules } from '../../projections/quotes/freshness.ts';

/** Notices quotes that age without any event: live becomes late, late becomes stale, a breaker opens. */
export class QuoteAges {
  #seen = new Map<string, string>();

  /**
   * Compares with the look before; answers the symbols of which the freshness of some source changed. Those not looked at
   * before are not answered.
   */
  changed(
    symbols: Iterable<string>,
    quotesOf: (symbol: string) => readonly QuoteRecord[],
    now: number,
    rules: FreshnessRules,
  ): string[] {
    const before = this.#seen;
    this.#seen = new Map();
    const changed: string[] = [];
    for (const symbol of symbols) {
      const words = quotesOf(symbol)
        .map(({ occurredAt, source }) => `${source} ${freshnessOf(occurredAt, source, now, rules)}`)
        .join();
      this.#seen.set(symbol, words);
      const known = before.get(symbol);
      if (known !== undefined && known !== words) changed.push(symbol);
    }
    return changed;
  }
}
