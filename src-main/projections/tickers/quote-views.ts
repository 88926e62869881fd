import type { QuoteRecord } from '../../../src-contract/checkpoint.ts';
import {
  NO_PRICE,
  type Candle,
  type Quote,
  type SourceQuote,
  type Suggestion,
  type Ticker,
  type TickerSpark,
} from '../../../src-contract/ticker.ts';
import type { CandleRecord } from '../../../src-contract/ticker-checkpoint.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import { chartSeries, type ChartChoice } from '../quotes/chart-series.ts';
import { freshnessOf, type FreshnessRules } from '../quotes/freshness.ts';
import { dayOf } from '../quotes/quote-book.ts';
import { SPARK_POINTS } from './ticker-sparks.ts';
import type { TickerProjection } from './ticker-projection.ts';

/** What views of prices read from and need to know; `now` is UTC milliseconds. */
export interface QuoteContext extends ChartChoice {
  tickers: TickerProjection;
  isWatched: (symbol: string) => boolean;
  rules: FreshnessRules;
  now: number;
}

/** A symbol as lists and cards show it, also one without a price. */
export function quoteView(symbol: string, context: QuoteContext): Quote {
  const watched = context.isWatched(symbol);
  const record = context.quotes.current(symbol);
  if (record === null) return { ...NO_PRICE, symbol, currency: context.currency, watched };
  const day = dayRange(record, context);
  return {
    symbol,
    price: record.price,
    currency: record.currency ?? context.currency,
    change_percent: changePercent(record, context.now),
    day_open: day === null ? null : record.dayOpen,
    day_high: day?.high ?? null,
    day_low: day?.low ?? null,
    as_of: toTimestamp(record.occurredAt),
    source: record.source,
    freshness: freshnessOf(record.occurredAt, record.source, context.now, context.rules),
    watched,
  };
}

/** A symbol with what every source says of it, the one in use first; null without any price. */
export function tickerView(symbol: string, context: QuoteContext): Ticker | null {
  const sources = sourceQuotes(symbol, context);
  return sources.length === 0 ? null : { ...quoteView(symbol, context), sources };
}

/** What every source says of a symbol, the one in use first, then by preference. */
export function sourceQuotes(symbol: string, context: QuoteContext): SourceQuote[] {
  const used = context.quotes.current(symbol);
  const others = context.quotes.all(symbol).filter(({ source }) => source !== used?.source);
  return [...(used === null ? [] : [used]), ...others].map((record) => sourceQuote(record, context));
}

/** What one source says of a symbol; null when it never said anything. */
export function sourceQuoteOf(symbol: string, source: string, context: QuoteContext): SourceQuote | null {
  const record = context.quotes.ofSource(symbol, source);
  return record === null ? null : sourceQuote(record, context);
}

/** The last hour of a watched symbol. */
export function sparkView(symbol: string, context: QuoteContext): TickerSpark {
  const { tickers, currency: base } = context;
  const series = chartSeries(symbol, context);
  const isShown = (currency: string | null) => (currency ?? base) === series?.currency;
  const points = tickers.sparks.points(symbol, series?.sources ?? [], isShown);
  return { symbol, points: points.slice(-SPARK_POINTS) };
}

/** A candle as the contract has it. */
export function candleView(
  candle: Omit<CandleRecord, `${'open' | 'close'}${'At' | 'Id'}`>,
  source: string,
): Candle {
  const { start, open, high, low, close, ticks } = candle;
  return { time: toTimestamp(start), open, high, low, close, ticks, source };
}

/** Most suggestions of one answer. */
export const MAX_SUGGESTIONS = 10;

/**
 * Symbols that typing may have meant: those that begin with it before those that contain it, among them the watched ones
 * last, as they need no suggestion; at most 10.
 * @param known symbols that may be meant, each once: all that there are, or enough of those that match.
 */
export function suggestions(typed: string, known: Iterable<string>, context: QuoteContext): Suggestion[] {
  const wanted = typed.trim().toUpperCase();
  const rank = (symbol: string): number =>
    (symbol.startsWith(wanted) ? 0 : 2) + (context.isWatched(symbol) ? 1 : 0);
  return [...known]
    .filter((symbol) => symbol.includes(wanted))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(0, MAX_SUGGESTIONS)
    .map((symbol) => {
      const { price, currency, watched } = quoteView(symbol, context);
      return { symbol, price, currency, watched };
    });
}

function sourceQuote(record: QuoteRecord, { now, rules, currency }: QuoteContext): SourceQuote {
  return {
    source: record.source,
    price: record.price,
    currency: record.currency ?? currency,
    change_percent: changePercent(record, now),
    as_of: toTimestamp(record.occurredAt),
    freshness: freshnessOf(record.occurredAt, record.source, now, rules),
  };
}

/** Against the first price of the present UTC day; before there is a second one, what the source said. */
function changePercent(record: QuoteRecord, now: number): number | null {
  const { day, dayOpen, dayOpenAt, occurredAt, price } = record;
  if (day !== dayOf(now) || dayOpenAt === occurredAt || dayOpen === 0) return record.changePercent;
  return (price / dayOpen - 1) * 100;
}

/** The extremes of the present UTC day; null before its first price. */
function dayRange(record: QuoteRecord, { tickers, now }: QuoteContext): { high: number; low: number } | null {
  const today = dayOf(now);
  if (record.day !== today) return null;
  const candle = tickers.live(record.symbol, '1d', record)?.candles.at(-1);
  return candle?.start === today ? candle : { high: record.price, low: record.price };
}
