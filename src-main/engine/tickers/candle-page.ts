import type { CallArgs } from '../../../src-contract/channels.ts';
import { INTERVAL_MS, type CandlePage } from '../../../src-contract/ticker.ts';
import type { SourcedCandle } from '../../../src-contract/ticker-checkpoint.ts';
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

/** A page of candles as the store has them, including what has come up to now. `symbol` is normalised. */
export async function candlePage(
  runtime: EnvironmentRuntime,
  reader: CandleReader,
  args: CallArgs<'ticker.candles'>,
  context: QuoteContext,
): Promise<CandlePage> {
  const { symbol, interval } = args;
  const { from, to } = periodOf(args, context.now, Infinity);
  // What the store gets once a second would be missing from the answer.
  if (to > context.now - SETTLED_MS) await runtime.checkpointCandles();
  const query = {
    env: runtime.env,
    symbol,
    from: Math.max(0, from),
    to,
    limit: args.limit ?? DEFAULT_LIMIT,
    preference: context.quotes.preference,
    source: args.source ?? null,
    base: context.currency,
  };
  const { items, earlier } =
    interval === '5m'
      ? await composedPage(reader, query)
      : await reader.candles({ ...query, level: interval });
  // Where nothing is charted yet, that of what will be.
  const last = items.at(-1) ?? context.quotes.current(symbol);
  const currency = last?.currency ?? context.currency;
  return { symbol, interval, currency, items: items.map((item) => candleView(item, item.source)), earlier };
}

/** Candles of five minutes that begin in the period, made of all their minutes. */
async function composedPage(
  reader: CandleReader,
  query: Omit<CandleQuery, 'level'>,
): Promise<{ items: SourcedCandle[]; earlier: boolean }> {
  const { limit, preference } = query;
  const page = await reader.candles({
    ...query,
    level: '1m',
    from: upToFive(query.from),
    to: upToFive(query.to),
    // One candle more than asked for: of the first one minutes may be cut off.
    limit: (limit + 1) * MINUTES,
  });
  const composed = fiveMinutes(page.items, preference);
  return { items: composed.slice(-limit), earlier: page.earlier || composed.length > limit };
}

function upToFive(time: number): number {
  return Math.ceil(time / FIVE_MS) * FIVE_MS;
}
