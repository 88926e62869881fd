import type { PriceBody } from '../../src-contract/event-bodies.ts';

/** The body of a price. A class for the reason that {@link BatchEvent} is one. */
export class PlainPrice implements PriceBody {
  symbol: string;
  price: number;
  declare change_percent?: number;

  /** @param changePercent null when the price names none */
  constructor(symbol: string, price: number, changePercent: number | null) {
    this.symbol = symbol;
    this.price = price;
    if (changePercent !== null) this.change_percent = changePercent;
  }
}
