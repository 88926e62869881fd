import type { Random } from '../../lib/random.ts';
import market from '../../../resources/demo-market.json' with { type: 'json' };
import type { PriceRange } from '../stocks/mock/price-range.ts';
import { DEFAULT_PRICE_RANGES } from '../stocks/mock/price-ranges.ts';
import { PriceWalk } from '../stocks/mock/price-walk.ts';

/** The 25 symbols of the demo with the ranges that come with the app: those of the mock stock API, and 19 others. */
export const DEMO_SYMBOLS: readonly PriceRange[] = [...DEFAULT_PRICE_RANGES, ...market.symbols];

const NO_RANGES: readonly PriceRange[] = [];

/** Prices of the demo's symbols that stay within their ranges; where a person edited a range, within that. */
export class DemoMarket {
  readonly #walk: PriceWalk;
  readonly #edited: () => readonly PriceRange[];
  #known: readonly PriceRange[] = [];
  #ranges = new Map<string, PriceRange>();

  /**
   * @param lastPrice the price to go on from, of earlier runs; null begins somewhere in the range.
   * @param edited ranges that come before the app's own; asked at every step, for the same list while nothing changed.
   */
  constructor(
    random: Random,
    lastPrice: (symbol: string) => number | null,
    edited: () => readonly PriceRange[] = () => NO_RANGES,
  ) {
    this.#walk = new PriceWalk(random, lastPrice);
    this.#edited = edited;
    // In their order, so that what is asked for first does not change how the others begin.
    for (const symbol of DEMO_SYMBOLS) this.price(symbol);
  }

  /** A symbol's price now. */
  price(symbol: PriceRange): number {
    return this.#walk.price(this.#rangeOf(symbol));
  }

  /** Moves a price by a step, or a part of one; answers it with its change in percent since the first of the UTC day. */
  step(symbol: PriceRange, day: number, part = 1): { price: number; changePercent: number } {
    return this.#walk.step(this.#rangeOf(symbol), day, part);
  }

  #rangeOf(symbol: PriceRange): PriceRange {
    const edited = this.#edited();
    if (edited !== this.#known) {
      this.#known = edited;
      this.#ranges = new Map(edited.map((range) => [range.symbol, range]));
    }
    return this.#ranges.get(symbol.symbol) ?? symbol;
  }
}
