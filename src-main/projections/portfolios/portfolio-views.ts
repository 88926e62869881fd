import type { QuoteRecord } from '../../../src-contract/checkpoint.ts';
import { toMoney, type Money } from '../../../src-contract/money.ts';
import type { Freshness, Holding, PortfolioSummary } from '../../../src-contract/portfolio.ts';
import { toTimestamp, toTimestampOrNull } from '../../../src-contract/timestamp.ts';
import type { HoldingMetrics, PortfolioMetrics } from './portfolio-metrics.ts';
import type { RegisteredPortfolio } from './portfolio-registry.ts';
import { dayOf, STALE_AFTER_MS } from './quote-book.ts';

/** Age up to which a price counts as live where its source has no interval, in milliseconds. */
export const LIVE_UP_TO_MS = 15_000;

/** What views need beside the metrics: the currency of the amounts, and the time they are read at (UTC milliseconds). */
export interface ViewContext {
  currency: string;
  now: number;
}

/** How far a price of this time can be trusted at `now`. */
export function freshnessOf(asOf: number | null, now: number): Freshness {
  if (asOf === null) return 'none';
  const age = now - asOf;
  if (age <= LIVE_UP_TO_MS) return 'live';
  return age <= STALE_AFTER_MS ? 'late' : 'stale';
}

/** part / whole in percent; null when the whole is 0. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}

/** A portfolio's line in lists. A portfolio whose worker is down shows its last values as stale. */
export function portfolioSummary(portfolio: RegisteredPortfolio, context: ViewContext): PortfolioSummary {
  const { record, running } = portfolio;
  const metrics = portfolio.metrics ?? NO_METRICS;
  const freshness = freshnessOf(metrics.asOf, context.now);
  const dayChange = dayChangeOf(metrics, context.now);
  return {
    slug: record.slug,
    total_value: toMoney(metrics.totalValue, context.currency),
    cost_basis: toMoney(metrics.costBasis, context.currency),
    gain: toMoney(metrics.gain, context.currency),
    gain_percent: percentOf(metrics.gain, metrics.pricedCost),
    day_change: moneyOrNull(dayChange, context.currency),
    day_change_percent: dayChange === null ? null : percentOf(dayChange, metrics.totalValue - dayChange),
    holding_count: record.holdings.length,
    partial: metrics.partial,
    opted_in_at: toTimestamp(record.optedInAt),
    updated_at: toTimestamp(record.updatedAt),
    as_of: toTimestampOrNull(metrics.asOf),
    source: commonSource(metrics.holdings),
    freshness: running ? freshness : 'stale',
  };
}

/** Every holding of a portfolio with its metrics; weights are shares of the portfolio's total value. */
export function holdingViews(portfolio: RegisteredPortfolio, context: ViewContext): Holding[] {
  const metrics = portfolio.metrics ?? NO_METRICS;
  return metrics.holdings.map((holding) => holdingView(holding, metrics.totalValue, context));
}

/**
 * Change since the first price of the present UTC day in minor units; null when no price is of that day. A holding whose
 * price is older counts as unchanged.
 */
export function dayChangeOf(metrics: PortfolioMetrics, now: number): number | null {
  const today = dayOf(now);
  const priced = metrics.holdings.filter(({ quote, value }) => quote?.day === today && value !== null);
  if (priced.length === 0) return null;
  return priced.reduce((sum, { value, dayOpenValue }) => sum + (value ?? 0) - (dayOpenValue ?? 0), 0);
}

/** The one source all prices come from, `several`, or null without a price. */
export function commonSource(holdings: readonly HoldingMetrics[]): string | null {
  const sources = new Set(holdings.flatMap(({ quote }) => (quote === null ? [] : [quote.source])));
  if (sources.size > 1) return 'several';
  return [...sources][0] ?? null;
}

/** One holding with its metrics. */
export function holdingView(metrics: HoldingMetrics, totalValue: number, context: ViewContext): Holding {
  const { holding, quote, value, cost, gain } = metrics;
  return {
    symbol: holding.symbol,
    quantity: holding.quantity,
    avg_price: holding.avgPrice,
    value: moneyOrNull(value, context.currency),
    cost: toMoney(cost, context.currency),
    gain: moneyOrNull(gain, context.currency),
    gain_percent: gain === null ? null : percentOf(gain, cost),
    weight: value === null || totalValue === 0 ? null : value / totalValue,
    ...(quote === null ? NO_QUOTE : quoteView(quote, context.now)),
  };
}

type QuoteView = Pick<Holding, 'price' | 'change_percent' | 'as_of' | 'source' | 'freshness'>;

function quoteView({ price, changePercent, occurredAt, source }: QuoteRecord, now: number): QuoteView {
  return {
    price,
    change_percent: changePercent,
    as_of: toTimestamp(occurredAt),
    source,
    freshness: freshnessOf(occurredAt, now),
  };
}

function moneyOrNull(minor: number | null, currency: string): Money | null {
  return minor === null ? null : toMoney(minor, currency);
}

const NO_METRICS: PortfolioMetrics = {
  holdings: [],
  totalValue: 0,
  costBasis: 0,
  gain: 0,
  pricedCost: 0,
  partial: true,
  asOf: null,
};

const NO_QUOTE: QuoteView = {
  price: null,
  change_percent: null,
  as_of: null,
  source: null,
  freshness: 'none',
};
