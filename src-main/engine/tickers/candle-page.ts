import type { CallArgs } from '../../../src-contract/channels.ts';
import { MAX_FUTURE_MS } from '../../../src-contract/event-bodies.ts';
import { INTERVAL_MS, type CandlePage, type ChartSeries } from '../../../src-contract/ticker.ts';
import type { SourcedCandle } from '../../../src-contract/ticker-checkpoint.ts';
import { chartSeries } from '../../projections/quotes/chart-series.ts';
import { candleView, type QuoteContext } from '../../projections/tickers/quote-views.ts';
import type { CandleQuery, Remote, ReaderPort } from '../../store/port.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { periodOf } from '../period.ts';
import { fiveMinutes } from './five-minutes.ts';

const DEFAULT_LIMIT = 500;
const MINUTES = 5;
const FIVE_MS = INTERVAL_MS['5m'];
/** A page that ends before this can lack nothing that is not stored yet, in milliseconds: the longest candle. */
const SETTLED_MS = 2 * INTERVAL_MS['1d'];

type CandleReader = Pick<Remote<ReaderPort>, 'candles'>;

/**
 * A page of candles as the store has them, including what has come up to now: of the prices that charts of the symbol show,
 * or of those of one source. `symbol` is normalised.
 */
export async function candlePage(
  runtime: EnvironmentRuntime,
  reader: CandleReader,
  args: CallArgs<'ticker.candles'>,
  context: QuoteContext,
): Promise<CandlePage> {
  const { symbol, interval } = args;
  const series = chartSeries(symbol, context, args.source ?? null);
  const head = { symbol, interval, sources: [...(series?.sources ?? [])] };
  if (series === null) return { ...head, currency: context.currency, items: [], earlier: false };
  const { items, earlier } = await storedPage(runtime, reader, args, context, series);
  return {
    ...head,
    currency: series.currency,
    items: items.map((item) => candleView(item, item.source)),
    earlier,
  };
}

interface StoredPage {
  items: SourcedCandle[];
  earlier: boolean;
}

async function storedPage(
  runtime: EnvironmentRuntime,
  reader: CandleReader,
  args: CallArgs<'ticker.candles'>,
  context: QuoteContext,
  { sources, currency }: ChartSeries,
): Promise<StoredPage> {
  const { symbol, interval } = args;
  // Prices may be dated by a clock that is ahead of ours, and then belong to the newest page all the same.
  const { from, to } = periodOf(args, context.now + MAX_FUTURE_MS + 1, Infinity);
  // What the store gets once a second would be missing from the answer.
  if (to > context.now - SETTLED_MS) await runtime.checkpointCandles();
  const query = {
    env: runtime.env,
    symbol,
    from: Math.max(0, from),
    to,
    limit: args.limit ?? DEFAULT_LIMIT,
    sources,
    currency,
    base: context.currency,
  };
  return interval === '5m' ? composedPage(reader, query) : reader.candles({ ...query, level: interval });
}

/** Candles of five minutes that begin in the period, made of all their minutes. */
async function composedPage(reader: CandleReader, query: Omit<CandleQuery, 'level'>): Promise<StoredPage> {
  const { limit, sources } = query;
  const page = await reader.candles({
    ...query,
    level: '1m',
    from: upToFive(query.from),
    to: upToFive(query.to),
    // One candle more than asked for: of the first one minutes may be cut off.
    limit: (limit + 1) * MINUTES,
  });
  const composed = fiveMinutes(page.items, sources);
  return { items: composed.slice(-limit), earlier: page.earlier || composed.length > limit };
}

function upToFive(time: number): number {
  return Math.ceil(time / FIVE_MS) * FIVE_MS;
}
