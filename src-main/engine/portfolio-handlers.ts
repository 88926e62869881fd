import type { CallArgs } from '../../src-contract/channels.ts';
import { currencyDecimals } from '../../src-contract/money.ts';
import { ContractError } from '../../src-contract/result.ts';
import { communityView } from '../projections/portfolios/community-view.ts';
import type { RegisteredPortfolio } from '../projections/portfolios/portfolio-registry.ts';
import {
  holdingViews,
  portfolioSummary,
  type ViewContext,
} from '../projections/portfolios/portfolio-views.ts';
import type { Handlers } from '../router/handlers.ts';
import type { Remote, ReaderPort } from '../store/port.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';
import { listPage } from './list-page.ts';
import { periodOf } from './period.ts';

const DAY_MS = 86_400_000;
const DEFAULT_LIMIT = 100;

/** What the portfolio queries read from. */
export interface PortfolioHandlerOptions {
  read: (env: string | undefined) => Promise<EnvironmentRuntime>;
  reader: Pick<Remote<ReaderPort>, 'communityHistory' | 'portfolioHistory' | 'timeline'>;
  /** What views of an environment's portfolios need. */
  context: (env: string) => ViewContext;
}

type PortfolioCalls =
  | 'community.get'
  | 'community.history'
  | 'portfolios.list'
  | 'portfolio.get'
  | 'portfolio.history'
  | 'portfolio.timeline';

/** Handlers of the queries about portfolios. */
export function portfolioHandlers(options: PortfolioHandlerOptions): Pick<Handlers, PortfolioCalls> {
  const { read, reader, context } = options;
  return {
    'community.get': async ({ env }) => {
      const runtime = await read(env);
      const views = context(runtime.env);
      return communityView(runtime.projection, currencyDecimals(views.currency), views);
    },
    'community.history': async (args) => {
      const runtime = await read(args.env);
      const { now, currency } = context(runtime.env);
      const { from, to } = periodOf(args, now, DAY_MS);
      return { items: await reader.communityHistory(runtime.env, from, to, currency) };
    },
    'portfolios.list': async (args) => {
      const runtime = await read(args.env);
      return portfolioPage(runtime, args, context(runtime.env));
    },
    'portfolio.get': async ({ env, slug }) => {
      const runtime = await read(env);
      const portfolio = shared(runtime, slug);
      const views = context(runtime.env);
      return { ...portfolioSummary(portfolio, views), holdings: holdingViews(portfolio, views) };
    },
    'portfolio.history': async (args) => {
      const runtime = await read(args.env);
      const { now, currency } = context(runtime.env);
      const { from, to } = periodOf(args, now, DAY_MS);
      shared(runtime, args.slug);
      return { items: await reader.portfolioHistory(runtime.env, args.slug, from, to, currency) };
    },
    'portfolio.timeline': async ({ env, slug, limit, cursor }) => {
      const runtime = await read(env);
      shared(runtime, slug);
      // Who is told of a change asks at once: what the store gets once a second would be missing from the answer.
      if (cursor === undefined) await runtime.checkpoint();
      return reader.timeline(runtime.env, slug, limit ?? DEFAULT_LIMIT, cursor ?? null);
    },
  };
}

function shared(runtime: EnvironmentRuntime, slug: string): RegisteredPortfolio {
  const portfolio = runtime.projection.registry.get(slug);
  if (portfolio !== undefined) return portfolio;
  throw new ContractError('not_found', `portfolio ${slug} is not shared in ${runtime.env}`);
}

function portfolioPage(runtime: EnvironmentRuntime, args: CallArgs<'portfolios.list'>, context: ViewContext) {
  const { registry } = runtime.projection;
  const limit = args.limit ?? DEFAULT_LIMIT;
  const wanted = args.q?.trim().toLowerCase() ?? '';
  const slugs = [...registry.slugs()].filter((slug) => slug.includes(wanted)).sort();
  const shown = listPage(slugs, (slug) => slug, limit, args.cursor);
  return {
    ...shown,
    items: shown.items.flatMap((slug) => {
      const portfolio = registry.get(slug);
      return portfolio === undefined ? [] : [portfolioSummary(portfolio, context)];
    }),
  };
}
