import { toMoney } from '../../../src-contract/money.ts';
import type { Community } from '../../../src-contract/portfolio.ts';
import { roundedProduct } from '../../../src-contract/rounded-product.ts';
import { toTimestamp, toTimestampOrNull } from '../../../src-contract/timestamp.ts';
import { communityTotals } from './community-totals.ts';
import type { PortfolioProjection } from './portfolio-projection.ts';
import type { RegisteredPortfolio } from './portfolio-registry.ts';
import { freshnessOfAll } from '../quotes/freshness.ts';
import { commonSource, dayChangeOf, percentOf, type ViewContext } from './portfolio-views.ts';

const MOST_HELD = 10;
const MOVERS = 8;
const RECENT = 12;

/** Totals over all shared portfolios, read at one moment. */
export function communityView(
  projection: PortfolioProjection,
  decimals: number,
  context: ViewContext,
): Community {
  const portfolios = [...projection.registry.all()];
  const totals = communityTotals(portfolios);
  const dayChange = communityDayChange(portfolios, context.now);
  const { currency } = context;
  return {
    portfolio_count: portfolios.length,
    total_value: toMoney(totals.value, currency),
    cost_basis: toMoney(totals.cost, currency),
    gain: toMoney(totals.gain, currency),
    gain_percent: percentOf(totals.gain, totals.pricedCost),
    day_change: dayChange === null ? null : toMoney(dayChange, currency),
    day_change_percent: dayChange === null ? null : percentOf(dayChange, totals.value - dayChange),
    partial: totals.partial,
    symbol_count: [...projection.registry.symbols()].length,
    most_held: mostHeld(projection, decimals, currency),
    movers: movers(portfolios, context),
    recent: projection.recentEvents
      .filter(({ change }) => change !== 'ignored')
      .slice(-RECENT)
      .reverse()
      .map(({ at, slug, change }) => ({ at: toTimestamp(at), slug, change })),
    as_of: toTimestampOrNull(totals.asOf),
    source: commonSource(portfolios.flatMap(({ metrics }) => metrics?.holdings ?? [])),
    freshness: freshnessOfAll(totals.oldest, context.now, context.rules),
  };
}

function communityDayChange(portfolios: readonly RegisteredPortfolio[], now: number): number | null {
  const changes = portfolios.flatMap(({ metrics }) => (metrics && dayChangeOf(metrics, now)) ?? []);
  return changes.length === 0 ? null : changes.reduce((sum, change) => sum + change, 0);
}

function mostHeld(
  projection: PortfolioProjection,
  decimals: number,
  currency: string,
): Community['most_held'] {
  return [...projection.registry.symbols()]
    .sort(([symbolA, a], [symbolB, b]) => b.size - a.size || (symbolA < symbolB ? -1 : 1))
    .slice(0, MOST_HELD)
    .map(([symbol, holders]) => {
      const price = projection.quotes.current(symbol, currency)?.price ?? null;
      const value = price === null ? 0 : heldValue(projection, symbol, holders, price, decimals);
      return { symbol, portfolios: holders.size, value: toMoney(value, currency), price };
    });
}

function heldValue(
  projection: PortfolioProjection,
  symbol: string,
  holders: ReadonlySet<string>,
  price: number,
  decimals: number,
): number {
  let value = 0;
  for (const slug of holders) {
    const holding = projection.registry.get(slug)?.record.holdings.find((held) => held.symbol === symbol);
    if (holding !== undefined) value += roundedProduct(holding.quantity, price, decimals) ?? 0;
  }
  return value;
}

function movers(
  portfolios: readonly RegisteredPortfolio[],
  { currency, now }: ViewContext,
): Community['movers'] {
  return portfolios
    .flatMap(({ record, metrics }) => {
      const change = metrics === null ? null : dayChangeOf(metrics, now);
      const percent =
        metrics === null || change === null ? null : percentOf(change, metrics.totalValue - change);
      if (metrics === null || change === null || percent === null) return [];
      return [{ slug: record.slug, value: metrics.totalValue, change, percent }];
    })
    .sort((a, b) => Math.abs(b.percent) - Math.abs(a.percent) || (a.slug < b.slug ? -1 : 1))
    .slice(0, MOVERS)
    .map(({ slug, value, change, percent }) => ({
      slug,
      total_value: toMoney(value, currency),
      day_change: toMoney(change, currency),
      day_change_percent: percent,
    }));
}
