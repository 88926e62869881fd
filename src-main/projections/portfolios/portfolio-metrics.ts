import type { HoldingRecord, QuoteRecord } from '../../../src-contract/checkpoint.ts';
import { roundedProduct } from './rounded-product.ts';

/** Computed metrics of one holding; amounts in minor units. */
export interface HoldingMetrics {
  holding: HoldingRecord;
  quote: QuoteRecord | null;
  value: number | null;
  cost: number;
  gain: number | null;
  /** Value at the first price of the quote's UTC day. */
  dayOpenValue: number | null;
}

/** Computed metrics of a portfolio; amounts in minor units, sums of the rounded parts. */
export interface PortfolioMetrics {
  holdings: HoldingMetrics[];
  totalValue: number;
  costBasis: number;
  /** Sum of the gains of the holdings that have a price. */
  gain: number;
  /** Cost of the holdings that have a price: what `gain` is measured against. */
  pricedCost: number;
  dayOpenValue: number;
  /** A holding has no price, or an amount too large to be exact, and is left out of the totals. */
  partial: boolean;
  /** Time of the oldest price used, UTC milliseconds. */
  asOf: number | null;
}

/**
 * value = round(quantity × price), cost = round(quantity × average price), gain = value − cost.
 * A holding without a price is left out of value and gain.
 */
export function portfolioMetrics(
  holdings: readonly HoldingRecord[],
  quoteOf: (symbol: string) => QuoteRecord | null,
  decimals: number,
): PortfolioMetrics {
  const computed = holdings.map((holding) => holdingMetrics(holding, quoteOf(holding.symbol), decimals));
  const priced = computed.filter((metrics) => metrics.value !== null);
  const asOf = priced.reduce((oldest, { quote }) => Math.min(oldest, quote?.occurredAt ?? oldest), Infinity);
  return {
    holdings: computed,
    totalValue: sum(priced, ({ value }) => value),
    costBasis: sum(computed, ({ cost }) => cost),
    gain: sum(priced, ({ gain }) => gain),
    pricedCost: sum(priced, ({ cost }) => cost),
    dayOpenValue: sum(priced, ({ dayOpenValue }) => dayOpenValue),
    partial: priced.length < computed.length,
    asOf: asOf === Infinity ? null : asOf,
  };
}

function holdingMetrics(holding: HoldingRecord, quote: QuoteRecord | null, decimals: number): HoldingMetrics {
  const cost = roundedProduct(holding.quantity, holding.avgPrice, decimals) ?? 0;
  if (quote === null) return { holding, quote, value: null, cost, gain: null, dayOpenValue: null };
  const value = roundedProduct(holding.quantity, quote.price, decimals);
  return {
    holding,
    quote,
    value,
    cost,
    gain: value === null ? null : value - cost,
    dayOpenValue: roundedProduct(holding.quantity, quote.dayOpen, decimals),
  };
}

function sum(parts: readonly HoldingMetrics[], of: (metrics: HoldingMetrics) => number | null): number {
  let total = 0;
  for (const part of parts) total += of(part) ?? 0;
  return total;
}
