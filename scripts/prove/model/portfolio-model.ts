import { cents, dividedBy, fractionOf, plus, times, toFloat, ZERO, type Fraction } from './fraction.ts';
import type { ScriptedEvent, ScriptedHolding } from './portfolio-script.ts';

/** A price that states no time has that of its publication, which is after every stated one. */
const PUBLISHED = 1e15;

interface Held {
  quantity: Fraction;
  paid: Fraction;
  avgPrice: Fraction;
}

interface Priced {
  text: string;
  price: Fraction;
  /** What decides which of two prices is newer. */
  order: number;
}

/** One holding as it must be shown; amounts in cents. */
export interface ExpectedHolding {
  symbol: string;
  quantity: number;
  avgPrice: number;
  price: number | null;
  value: bigint | null;
  cost: bigint;
  weight: number | null;
}

/** A portfolio as it must be shown; amounts in cents. */
export interface ExpectedPortfolio {
  slug: string;
  value: bigint;
  cost: bigint;
  gain: bigint;
  partial: boolean;
  holdings: ExpectedHolding[];
}

/**
 * What the events of a script come to, computed apart from the app: no line of its code, fractions in place of floats,
 * everything from scratch each time somebody asks.
 */
export class PortfolioModel {
  readonly #shared = new Map<string, Map<string, Held>>();
  readonly #prices = new Map<string, Priced>();
  readonly #known = new Set<string>();
  #events = 0;

  constructor(events: Iterable<ScriptedEvent> = []) {
    for (const event of events) this.take(event);
  }

  /** Every slug that any event named. */
  get slugs(): string[] {
    return [...this.#known].sort();
  }

  /** The slugs that are shared. */
  get shared(): string[] {
    return [...this.#shared.keys()].sort();
  }

  take(event: ScriptedEvent): void {
    this.#events++;
    if (event.family === 'stock.price_updated') return this.#takePrice(event);
    this.#known.add(event.slug);
    if (event.family === 'portfolio.opted_out') this.#shared.delete(event.slug);
    else if (event.family === 'portfolio.opted_in' || this.#shared.has(event.slug)) {
      this.#shared.set(event.slug, together(event.holdings));
    }
  }

  /** What a portfolio must show; null when it is not shared. */
  portfolio(slug: string): ExpectedPortfolio | null {
    const held = this.#shared.get(slug);
    if (held === undefined) return null;
    const rows = [...held].map(([symbol, holding]) => this.#row(symbol, holding));
    const value = sum(rows.map((row) => row.value ?? 0n));
    return {
      slug,
      value,
      cost: sum(rows.map((row) => row.cost)),
      gain: sum(rows.map((row) => (row.value === null ? 0n : row.value - row.cost))),
      partial: rows.some((row) => row.value === null),
      holdings: rows.map((row) => ({ ...row, weight: weightOf(row.value, value) })),
    };
  }

  /** Symbols that shared portfolios hold, with the number of holders, the sum of what they hold, and the price. */
  heldSymbols(): { symbol: string; portfolios: number; value: bigint; price: number | null }[] {
    const bySymbol = new Map<string, { portfolios: number; value: bigint; price: number | null }>();
    for (const slug of this.#shared.keys()) {
      for (const { symbol, value, price } of this.portfolio(slug)?.holdings ?? []) {
        const known = bySymbol.get(symbol) ?? { portfolios: 0, value: 0n, price };
        bySymbol.set(symbol, {
          portfolios: known.portfolios + 1,
          value: known.value + (value ?? 0n),
          price,
        });
      }
    }
    return [...bySymbol].map(([symbol, held]) => ({ symbol, ...held }));
  }

  #takePrice({ symbol, price, at }: Extract<ScriptedEvent, { family: 'stock.price_updated' }>): void {
    const name = symbol.trim().toUpperCase();
    const order = at ?? PUBLISHED + this.#events;
    const known = this.#prices.get(name);
    if (known !== undefined && known.order > order) return;
    this.#prices.set(name, { text: price, price: fractionOf(price), order });
  }

  #row(symbol: string, { quantity, avgPrice }: Held): Omit<ExpectedHolding, 'weight'> {
    const priced = this.#prices.get(symbol);
    return {
      symbol,
      quantity: toFloat(quantity),
      avgPrice: toFloat(avgPrice),
      price: priced === undefined ? null : Number(priced.text),
      value: priced === undefined ? null : cents(times(quantity, priced.price)),
      cost: cents(times(quantity, avgPrice)),
    };
  }
}

/** The same symbol twice: quantities added, the average price weighted by them. */
function together(holdings: readonly ScriptedHolding[]): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const { symbol, ...one } of holdings) {
    const name = symbol.trim().toUpperCase();
    const before = held.get(name) ?? { quantity: ZERO, paid: ZERO };
    const own = fractionOf(one.quantity);
    const quantity = plus(before.quantity, own);
    const paid = plus(before.paid, times(own, fractionOf(one.avgPrice)));
    const avgPrice = quantity.over === 0n ? fractionOf(one.avgPrice) : dividedBy(paid, quantity);
    held.set(name, { quantity, paid, avgPrice });
  }
  return held;
}

function sum(parts: readonly bigint[]): bigint {
  return parts.reduce((total, part) => total + part, 0n);
}

function weightOf(value: bigint | null, total: bigint): number | null {
  return value === null || total === 0n ? null : Number(value) / Number(total);
}
