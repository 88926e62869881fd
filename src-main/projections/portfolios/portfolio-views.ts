import type { QuoteRecord } from '../../../src-contract/checkpoint.ts';
import { toMoney, type Money } from '../../../src-contract/money.ts';
import type { Holding, PortfolioSummary } from '../../../src-contract/portfolio.ts';
import { toTimestamp, toTimestampOrNull } from '../../../src-contract/timestamp.ts';
import type { HoldingMetrics, PortfolioMetrics } from './portfolio-metrics.ts';
import type { RegisteredPortfolio } from './portfolio-registry.ts';
import { freshnessOf, freshnessOfAll, type FreshnessRules } from '../quotes/freshness.ts';
import { dayOf } from '../quotes/quote-book.ts';

/**
 * What views need beside the metrics: the currency of the amounts, the time they are read at (UTC milliseconds), and how
 * fresh each source is expected to be.
 */
export interface ViewContext {
  currency: string;
  now: number;
  rules: FreshnessRules;
}

/** part / whole in percent; null when the whole is 0. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}

/** A portfolio's line in lists. A portfolio whose worker is down shows its last values as stale. */
export function portfolioSummary(portfolio: RegisteredPortfolio, context: ViewContext): PortfolioSummary {
  const { record, running } = portfolio;
  const metrics = portfolio.metrics ?? NO_METRICS;
  const freshness = freshnessOfAll(metrics.oldest, context.now, context.rules);
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
    ...(quote === null ? NO_QUOTE : quoteView(quote, context)),
  };
}

type QuoteView = Pick<Holding, 'price' | 'change_percent' | 'as_of' | 'source' | 'freshness'>;

function quoteView(quote: QuoteRecord, { now, rules }: ViewContext): QuoteView {
  const { price, changePercent, occurredAt, source } = quote;
  return {
    price,
    change_percent: changePercent,
    as_of: toTimestamp(occurredAt),
    source,
    freshness: freshnessOf(occurredAt, source, now, rules),
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
  oldest: new Map(),
};

const NO_QUOTE: QuoteView = {
  price: null,
  change_percent: null,
  as_of: null,
  source: null,
  freshness: 'none',
};
