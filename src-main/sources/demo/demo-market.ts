import type { Random } from '../../lib/random.ts';
import market from '../../../resources/demo-market.json' with { type: 'json' };
import type { PriceRange } from '../stocks/mock/price-range.ts';
import { PriceWalk } from '../stocks/mock/price-walk.ts';

/** The 25 symbols of the demo with the ranges their prices stay in, from the file in `resources`. */
export const DEMO_SYMBOLS: readonly PriceRange[] = market.symbols;

/** Random-walk prices of the demo's symbols. */
export class DemoMarket {
  /** The demo's symbols with the ranges that hold for them, in their order. */
  readonly symbols: readonly PriceRange[];
  readonly #walk: PriceWalk;

  /**
   * @param lastPrice the price to go on from, of earlier runs; null begins somewhere in the range.
   * @param ranges ranges that hold in the place of the demo's own; other symbols in it do not count.
   */
  constructor(
    random: Random,
    lastPrice: (symbol: string) => number | null,
    ranges: readonly PriceRange[] = [],
  ) {
    const edited = new Map(ranges.map((range) => [range.symbol, range]));
    this.symbols = DEMO_SYMBOLS.map((own) => edited.get(own.symbol) ?? own);
    this.#walk = new PriceWalk(random, lastPrice);
    // In their order, so that what is asked for first does not change how the others begin.
    for (const range of this.symbols) this.#walk.price(range);
  }

  /** The price now of one of the demo's symbols; 0 for any other. */
  price(symbol: string): number {
    const range = this.symbols.find((known) => known.symbol === symbol);
    return range === undefined ? 0 : this.#walk.price(range);
  }

  /** Moves a price by one step; answers it with its change in percent since the first of the UTC day. */
  step(range: PriceRange, day: number): { price: number; changePercent: number } {
    return this.#walk.step(range, day);
  }
}
