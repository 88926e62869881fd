import {
  candleView,
  quoteView,
  sourceQuoteOf,
  sourceQuotes,
  sparkView,
  type QuoteContext,
} from '../../projections/tickers/quote-views.ts';
import { typedSymbol } from '../../projections/watchlists/typed-symbol.ts';
import type { FeedSources } from '../../router/feed-source.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { barsOf, seriesOf } from './bars-of.ts';
import type { CandleRevisions } from './candle-revisions.ts';
import type { ShownCandles } from './shown-candles.ts';
import { toWatchlists } from './watchlist-handlers.ts';

/** What the feeds about prices read from. */
export interface TickerFeedReadings {
  active: () => EnvironmentRuntime;
  context: () => QuoteContext;
  shown: ShownCandles;
  revisions: CandleRevisions;
}

type TickerFeeds = 'quotes' | 'tickerSparks' | 'ticker' | 'candles';

/** The feeds that read the active environment's prices. */
export function tickerFeedSources(readings: TickerFeedReadings): Pick<FeedSources, TickerFeeds> {
  const { active, context } = readings;
  const watched = (): ReadonlySet<string> => active().watchlists.watched;
  return {
    quotes: () => ({
      head: () => ({ env: active().env, watchlists: toWatchlists(active().watchlists.lists) }),
      rows: () => [...watched()].map((symbol) => quoteView(symbol, context())),
      row: (symbol) => (watched().has(symbol) ? quoteView(symbol, context()) : null),
    }),
    tickerSparks: () => ({
      head: () => ({ env: active().env }),
      rows: () => [...watched()].map((symbol) => sparkView(symbol, context())),
      row: (symbol) => (watched().has(symbol) ? sparkView(symbol, context()) : null),
    }),
    ticker: ({ symbol: text }) => {
      const symbol = typedSymbol(text);
      return {
        head: () => {
          const { quotes } = active().projection;
          return quotes.current(symbol) === null ? null : quoteView(symbol, context());
        },
        rows: () => sourceQuotes(symbol, context()),
        row: (source) => sourceQuoteOf(symbol, source, context()),
      };
    },
    candles: candleFeed(readings),
  };
}

function candleFeed({ active, shown, revisions }: TickerFeedReadings): FeedSources['candles'] {
  return (params) => {
    const { interval } = params;
    const symbol = typedSymbol(params.symbol);
    const rows = () =>
      barsOf(active(), symbol, interval).map(({ candle, source }) => candleView(candle, source));
    return {
      head: () => ({ revisions: [...revisions.of(params)], series: seriesOf(active(), symbol) }),
      rows: () => {
        const all = rows();
        shown.begin(
          params,
          all.map(({ time }) => time),
          seriesOf(active(), symbol),
        );
        return all;
      },
      row: (time) => rows().find((row) => row.time === time) ?? null,
    };
  };
}
