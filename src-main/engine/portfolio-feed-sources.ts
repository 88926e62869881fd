import type { Holding, PortfolioSummary, Spark } from '../../src-contract/portfolio.ts';
import type { RegisteredPortfolio } from '../projections/portfolios/portfolio-registry.ts';
import { communityView } from '../projections/portfolios/community-view.ts';
import {
  holdingViews,
  portfolioSummary,
  type ViewContext,
} from '../projections/portfolios/portfolio-views.ts';
import type { FeedSources } from '../router/feed-source.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';

/** The feeds that read the active environment's portfolios. */
export function portfolioFeedSources(
  active: () => EnvironmentRuntime,
  context: () => ViewContext,
  decimals: number,
): Pick<FeedSources, 'community' | 'portfolios' | 'portfolio' | 'sparks'> {
  const registry = () => active().projection.registry;
  return {
    community: () => ({
      head: () => communityView(active().projection, decimals, context()),
      rows: () => [],
      row: () => null,
    }),
    portfolios: () => ({
      head: () => ({ env: active().env }),
      rows: () => [...registry().all()].map((portfolio) => portfolioSummary(portfolio, context())),
      row: (slug) => summaryOf(registry().get(slug), context()),
    }),
    portfolio: ({ slug }) => {
      const holdings = cachedHoldings(() => registry().get(slug), context);
      return {
        head: () => summaryOf(registry().get(slug), context()),
        rows: () => [...holdings().values()],
        row: (symbol) => holdings().get(symbol) ?? null,
      };
    },
    sparks: () => ({
      head: () => ({ env: active().env }),
      rows: () => [...registry().all()].map(sparkOf),
      row: (slug) => {
        const portfolio = registry().get(slug);
        return portfolio === undefined ? null : sparkOf(portfolio);
      },
    }),
  };
}

function summaryOf(
  portfolio: RegisteredPortfolio | undefined,
  context: ViewContext,
): PortfolioSummary | null {
  return portfolio === undefined ? null : portfolioSummary(portfolio, context);
}

/** A portfolio's rows by symbol, computed once per change of its metrics and second: every weight moves with every price. */
function cachedHoldings(
  read: () => RegisteredPortfolio | undefined,
  context: () => ViewContext,
): () => ReadonlyMap<string, Holding> {
  let rows: ReadonlyMap<string, Holding> = new Map();
  let metrics: RegisteredPortfolio['metrics'] | undefined;
  let second = 0;
  return () => {
    const portfolio = read();
    const now = context();
    if (portfolio === undefined) return new Map();
    if (portfolio.metrics !== metrics || Math.floor(now.now / 1000) !== second) {
      metrics = portfolio.metrics;
      second = Math.floor(now.now / 1000);
      rows = new Map(holdingViews(portfolio, now).map((row) => [row.symbol, row]));
    }
    return rows;
  };
}

function sparkOf({ record, spark }: RegisteredPortfolio): Spark {
  return { slug: record.slug, points: spark.map(({ value }) => value) };
}
