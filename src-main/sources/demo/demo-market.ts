import type { Random } from '../../lib/random.ts';
import market from '../../../resources/demo-market.json' with { type: 'json' };

/** A simulated instrument and the range its price stays in. */
export interface DemoSymbol {
  symbol: string;
  low: number;
  high: number;
}

/** The 25 symbols of the demo, from the file in `resources` that anybody can edit. */
export const DEMO_SYMBOLS: readonly DemoSymbol[] = market.symbols;

/** Strength of the pull back to the middle of the range, per step. */
const PULL = 0.01;
/** Standard deviation of one step, as a part of the range. */
const STEP = 0.012;

/** Random-walk prices that are drawn back to the middle of their ranges and never leave them. */
export class DemoMarket {
  readonly #random: Random;
  readonly #prices = new Map<string, number>();
  readonly #opens = new Map<string, { day: number; price: number }>();

  /** @param lastPrice the price to go on from, of earlier runs; null begins somewhere in the range. */
  constructor(random: Random, lastPrice: (symbol: string) => number | null) {
    this.#random = random;
    for (const { symbol, low, high } of DEMO_SYMBOLS) {
      const start = low + (high - low) * (0.3 + 0.4 * random.next());
      this.#prices.set(symbol, within(lastPrice(symbol) ?? start, low, high));
    }
  }

  /** The symbol's price now. */
  price(symbol: string): number {
    return cents(this.#prices.get(symbol) ?? 0);
  }

  /** Moves a price by one step; answers it with its change in percent since the first of the UTC day. */
  step({ symbol, low, high }: DemoSymbol, day: number): { price: number; changePercent: number } {
    const range = high - low;
    const before = this.#prices.get(symbol) ?? low;
    const pull = ((low + high) / 2 - before) * PULL;
    const moved = reflected(before + pull + this.#random.normal() * range * STEP, low, high);
    this.#prices.set(symbol, moved);
    const price = cents(moved);
    const open = this.#opens.get(symbol);
    if (open?.day === day) return { price, changePercent: cents((price / open.price - 1) * 100) };
    this.#opens.set(symbol, { day, price });
    return { price, changePercent: 0 };
  }
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function reflected(value: number, low: number, high: number): number {
  if (value < low) return within(2 * low - value, low, high);
  return value > high ? within(2 * high - value, low, high) : value;
}
