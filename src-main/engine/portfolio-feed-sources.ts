import type { PortfolioSummary, Spark } from '../../src-contract/portfolio.ts';
import type { HoldingMetrics, PortfolioMetrics } from '../projections/portfolios/portfolio-metrics.ts';
import type { RegisteredPortfolio } from '../projections/portfolios/portfolio-registry.ts';
import { communityView } from '../projections/portfolios/community-view.ts';
import {
  holdingView,
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
      const metricsOf = indexedMetrics();
      return {
        head: () => summaryOf(registry().get(slug), context()),
        rows: () => {
          const portfolio = registry().get(slug);
          return portfolio === undefined ? [] : holdingViews(portfolio, context());
        },
        row: (symbol) => {
          const metrics = registry().get(slug)?.metrics ?? null;
          const holding = metrics === null ? undefined : metricsOf(metrics).get(symbol);
          return metrics === null || holding === undefined
            ? null
            : holdingView(holding, metrics.totalValue, context());
        },
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

/** Finds holdings by symbol; indexed once per change of the metrics, because every weight moves with every price. */
function indexedMetrics(): (metrics: PortfolioMetrics) => ReadonlyMap<string, HoldingMetrics> {
  let indexed: PortfolioMetrics | null = null;
  let bySymbol: ReadonlyMap<string, HoldingMetrics> = new Map();
  return (metrics) => {
    if (metrics !== indexed) {
      indexed = metrics;
      bySymbol = new Map(metrics.holdings.map((holding) => [holding.holding.symbol, holding]));
    }
    return bySymbol;
  };
}

function sparkOf({ record, spark }: RegisteredPortfolio): Spark {
  return { slug: record.slug, points: spark.map(({ value }) => value) };
}
