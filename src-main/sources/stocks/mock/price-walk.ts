import type { Random } from '../../../lib/random.ts';
import type { PriceRange } from './price-range.ts';

/** Strength of the pull back to the middle of the range, per whole step. */
const PULL = 0.01;
/** Standard deviation of a whole step, as a part of the range. */
const STEP = 0.012;
/** The smallest part of a whole step: many smaller ones would all be rounded away. */
const LEAST_PART = 1 / 32;
const FEWEST_DECIMALS = 2;
const MOST_DECIMALS = 8;

/** Random-walk prices that are drawn back to the middle of their ranges and never leave them. */
export class PriceWalk {
  readonly #random: Random;
  readonly #lastPrice: (symbol: string) => number | null;
  readonly #prices = new Map<string, number>();
  readonly #opens = new Map<string, { day: number; price: number }>();

  /** @param lastPrice the price to go on from, of earlier runs; null begins somewhere in the range. */
  constructor(random: Random, lastPrice: (symbol: string) => number | null) {
    this.#random = random;
    this.#lastPrice = lastPrice;
  }

  /** The price now; where it has none yet, one near the middle of its range. */
  price(range: PriceRange): number {
    return rounded(this.#at(range), range);
  }

  /**
   * Moves a price by one step, to another one wherever the range has two; answers it with its change in percent since the
   * first of the UTC day, whose number is `day`.
   * @param part how much of a whole step: so many parts as make a whole one spread prices as far as it does.
   */
  step(range: PriceRange, day: number, part = 1): { price: number; changePercent: number } {
    const { symbol, low, high } = range;
    const before = this.#at(range);
    const taken = within(part, LEAST_PART, 1);
    const pull = ((low + high) / 2 - before) * PULL * taken;
    const wanted = before + pull + this.#random.normal() * (high - low) * STEP * Math.sqrt(taken);
    const moved = apart(reflected(wanted, low, high), before, range);
    this.#prices.set(symbol, moved);
    const price = rounded(moved, range);
    const open = this.#opens.get(symbol);
    if (open?.day === day) return { price, changePercent: percent(price / open.price - 1) };
    this.#opens.set(symbol, { day, price });
    return { price, changePercent: 0 };
  }

  #at({ symbol, low, high }: PriceRange): number {
    const known = this.#prices.get(symbol);
    if (known !== undefined) return within(known, low, high);
    const start = low + (high - low) * (0.3 + 0.4 * this.#random.next());
    const first = within(this.#lastPrice(symbol) ?? start, low, high);
    this.#prices.set(symbol, first);
    return first;
  }
}

/** The price, or one of its smallest steps away from it towards the middle, when it would look as before. */
function apart(price: number, before: number, range: PriceRange): number {
  if (rounded(price, range) !== rounded(before, range)) return price;
  const smallest = 10 ** -decimalsOf(range);
  const isLow = price < (range.low + range.high) / 2;
  return within(price + (isLow ? smallest : -smallest), range.low, range.high);
}

/** Cents, or as many places as a narrow range of small prices needs. */
function rounded(price: number, range: PriceRange): number {
  const factor = 10 ** decimalsOf(range);
  return within(Math.round(price * factor) / factor, range.low, range.high);
}

function decimalsOf({ low, high }: PriceRange): number {
  let decimals = FEWEST_DECIMALS;
  while (decimals < MOST_DECIMALS && (high - low) * 10 ** decimals < 100) decimals += 1;
  return decimals;
}

function percent(ratio: number): number {
  return Math.round(ratio * 10_000) / 100;
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function reflected(value: number, low: number, high: number): number {
  if (value < low) return within(2 * low - value, low, high);
  return value > high ? within(2 * high - value, low, high) : value;
}
