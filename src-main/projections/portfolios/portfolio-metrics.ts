import type { HoldingRecord, QuoteRecord } from '../../../src-contract/checkpoint.ts';
import { fits, roundedProduct } from '../../../src-contract/rounded-product.ts';
import { noteOldest } from '../quotes/freshness.ts';

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
  /** A holding has no price, or an amount too large to be exact, and is left out of the totals. */
  partial: boolean;
  /** Time of the oldest price used, UTC milliseconds. */
  asOf: number | null;
  /** The same by source. */
  oldest: ReadonlyMap<string, number>;
}

/**
 * value = round(quantity × price), cost = round(quantity × average price), gain = value − cost.
 * A holding without a price is left out of value and gain; one whose amounts, or the sums with them, would be too large to
 * be exact is left out of all.
 */
export function portfolioMetrics(
  holdings: readonly HoldingRecord[],
  quoteOf: (symbol: string) => QuoteRecord | null,
  decimals: number,
): PortfolioMetrics {
  const oldest = new Map<string, number>();
  const metrics: PortfolioMetrics = {
    holdings: [],
    totalValue: 0,
    costBasis: 0,
    gain: 0,
    pricedCost: 0,
    partial: false,
    asOf: null,
    oldest,
  };
  for (const holding of holdings) {
    const computed = holdingMetrics(holding, quoteOf(holding.symbol), decimals);
    const exact = fits(metrics.totalValue, computed.value ?? 0) && fits(metrics.costBasis, computed.cost);
    addHolding(metrics, exact ? computed : leftOut(computed, 0), oldest);
  }
  return metrics;
}

function addHolding(metrics: PortfolioMetrics, holding: HoldingMetrics, oldest: Map<string, number>): void {
  const { quote, value, cost, gain } = holding;
  metrics.holdings.push(holding);
  metrics.costBasis += cost;
  metrics.partial ||= value === null;
  if (quote === null || value === null) return;
  metrics.totalValue += value;
  metrics.gain += gain ?? 0;
  metrics.pricedCost += cost;
  metrics.asOf = Math.min(metrics.asOf ?? Infinity, quote.occurredAt);
  noteOldest(oldest, quote.source, quote.occurredAt);
}

function holdingMetrics(holding: HoldingRecord, quote: QuoteRecord | null, decimals: number): HoldingMetrics {
  const { quantity, avgPrice } = holding;
  const cost = roundedProduct(quantity, avgPrice, decimals);
  const value = quote === null ? null : roundedProduct(quantity, quote.price, decimals);
  const dayOpenValue = quote === null ? null : roundedProduct(quantity, quote.dayOpen, decimals);
  if (cost === null || value === null || dayOpenValue === null) {
    return leftOut({ holding, quote }, cost ?? 0);
  }
  return { holding, quote, value, cost, gain: value - cost, dayOpenValue };
}

function leftOut(
  { holding, quote }: Pick<HoldingMetrics, 'holding' | 'quote'>,
  cost: number,
): HoldingMetrics {
  return { holding, quote, value: null, cost, gain: null, dayOpenValue: null };
}
