import Type, { type Static } from 'typebox';
import { InstrumentSymbol } from './instrument.ts';
import { Freshness } from './portfolio.ts';
import { Timestamp } from './timestamp.ts';

/** Most symbols of one watchlist. */
export const MAX_LIST_SYMBOLS = 500;
/** Most watchlists of one environment. */
export const MAX_WATCHLISTS = 20;
/** Most different symbols that the watchlists of one environment may name together. */
export const MAX_WATCHED = 1000;
/** Id of the list that takes a subscription when none is named; it is always there. */
export const DEFAULT_WATCHLIST = 'main';

const Percent = Type.Union([Type.Number(), Type.Null()]);
const Price = Type.Union([Type.Number(), Type.Null()]);
const Currency = Type.String({ pattern: '^[A-Z]{3}$' });

/** The newest price of an instrument from one source. */
export const SourceQuote = Type.Object({
  source: Type.String({ description: 'Where it came from: nats, stocks (polled), demo' }),
  price: Type.Number(),
  currency: Currency,
  change_percent: Percent,
  as_of: Timestamp,
  freshness: Freshness,
});
export type SourceQuote = Static<typeof SourceQuote>;

/**
 * An instrument as cards and lists show it: the newest price of the highest source that is not stale. Everything about the
 * price is null, and `freshness` is `none`, while no price of it is known.
 */
export const Quote = Type.Object({
  symbol: InstrumentSymbol,
  price: Price,
  currency: Currency,
  change_percent: Type.Union([Type.Number(), Type.Null()], {
    description: 'Against the first price of the UTC day; as the source says where there is none',
  }),
  day_open: Price,
  day_high: Price,
  day_low: Price,
  as_of: Type.Union([Timestamp, Type.Null()]),
  source: Type.Union([Type.String(), Type.Null()]),
  freshness: Freshness,
  watched: Type.Boolean(),
});
export type Quote = Static<typeof Quote>;

/** A quote of a symbol without any known price; symbol, currency and watched are added. */
export const NO_PRICE = {
  price: null,
  change_percent: null,
  day_open: null,
  day_high: null,
  day_low: null,
  as_of: null,
  source: null,
  freshness: 'none',
} as const satisfies Partial<Quote>;

/** An instrument with what every source says of it, the one in use first. */
export const Ticker = Type.Object({ ...Quote.properties, sources: Type.Array(SourceQuote) });
export type Ticker = Static<typeof Ticker>;

/** Intervals of candles. 5 m is composed from 1 m; the others are stored. */
export const CANDLE_INTERVALS = ['1s', '1m', '5m', '1h', '1d'] as const;
/** One of {@link CANDLE_INTERVALS}. */
export type CandleIntervalName = (typeof CANDLE_INTERVALS)[number];
export const CandleInterval = Type.Unsafe<CandleIntervalName>(Type.Enum([...CANDLE_INTERVALS]));

/** Length of each interval in milliseconds. */
export const INTERVAL_MS: Readonly<Record<CandleIntervalName, number>> = {
  '1s': 1000,
  '1m': 60_000,
  '5m': 300_000,
  '1h': 3_600_000,
  '1d': 86_400_000,
};

/** Prices of one interval: `time` is its start, in UTC; `ticks` how many prices it saw. Without prices there is no row. */
export const Candle = Type.Object({
  time: Timestamp,
  open: Type.Number(),
  high: Type.Number(),
  low: Type.Number(),
  close: Type.Number(),
  ticks: Type.Integer(),
  source: Type.String(),
});
export type Candle = Static<typeof Candle>;

/** Most revisions that a feed of candles tells of at once; beyond it the oldest two are told as one. */
export const MAX_REVISIONS = 8;

/**
 * Candles that have left the feed were changed by late prices: all from the one that begins at `since` on may be others now.
 * Revisions rise; whoever knows one asks again from the `since` of the first one after it.
 */
export const CandleRevision = Type.Object({ revision: Type.Integer(), since: Timestamp });
export type CandleRevision = Static<typeof CandleRevision>;

/**
 * Which prices a chart shows: those of the place and the currency of the quote in use, never a mixture of others. Of several
 * sources, which bring the same prices by different ways, the first that has an interval gives its candle.
 */
export const ChartSeries = Type.Object({ sources: Type.Array(Type.String()), currency: Currency });
export type ChartSeries = Static<typeof ChartSeries>;

/** A page of candles, oldest first. `earlier` is true while there are rows before the first one. */
export const CandlePage = Type.Object({
  symbol: InstrumentSymbol,
  interval: CandleInterval,
  sources: Type.Array(Type.String(), {
    description: 'Where the prices of this series are from; none while no price is known',
  }),
  currency: Currency,
  items: Type.Array(Candle, { maxItems: 1000 }),
  earlier: Type.Boolean(),
});
export type CandlePage = Static<typeof CandlePage>;

/** The last hour of a watched symbol, the closing price of each minute, oldest first. */
export const TickerSpark = Type.Object({
  symbol: InstrumentSymbol,
  points: Type.Array(Type.Number(), { maxItems: 60 }),
});
export type TickerSpark = Static<typeof TickerSpark>;

/** The most characters of the name of a watchlist. */
export const MAX_WATCHLIST_NAME = 40;

/** Name of a watchlist: what is left after trimming. The engine refuses what cannot be read, and says why. */
export const WatchlistName = Type.String({ minLength: 1, maxLength: MAX_WATCHLIST_NAME });

/** A named, ordered list of watched symbols. */
export const Watchlist = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 32 }),
  name: WatchlistName,
  symbols: Type.Array(InstrumentSymbol, { maxItems: MAX_LIST_SYMBOLS }),
});
export type Watchlist = Static<typeof Watchlist>;

/** A watched symbol and the lists that name it. */
export const Subscription = Type.Object({
  symbol: InstrumentSymbol,
  lists: Type.Array(Type.String()),
});
export type Subscription = Static<typeof Subscription>;

/** A symbol that typing may have meant: one with a known price, or one that the stock API is known to serve. */
export const Suggestion = Type.Object({
  symbol: InstrumentSymbol,
  watched: Type.Boolean(),
  price: Price,
  currency: Currency,
});
export type Suggestion = Static<typeof Suggestion>;
