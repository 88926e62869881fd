import Type from 'typebox';
import { command, feed, query } from './channel.ts';
import { env, page, pageOf } from './paging.ts';
import { Breaker, BreakerReport, BreakerSpan, BreakerTransition, MockFaults, Polling } from './polling.ts';
import { PRICE_SOURCES } from './settings.ts';
import {
  Candle,
  CandleInterval,
  CandlePage,
  CandleRevision,
  ChartSeries,
  MAX_LIST_SYMBOLS,
  MAX_REVISIONS,
  MAX_WATCHLISTS,
  Quote,
  SourceQuote,
  Subscription,
  Suggestion,
  Ticker,
  TickerSpark,
  Watchlist,
  WatchlistName,
} from './ticker.ts';
import { Timestamp } from './timestamp.ts';

const none = Type.Object({});
const period = { from: Type.Optional(Timestamp), to: Type.Optional(Timestamp) };
/** As a person or a program writes it; the handler trims, upper-cases and checks it and says what is wrong. */
const typedSymbol = Type.String({ minLength: 1, maxLength: 256 });
const listId = Type.String({ minLength: 1, maxLength: 32 });
const watchlists = Type.Object({ watchlists: Type.Array(Watchlist) });

/** The channels about prices: quotes, candles, watchlists, the breaker and the polling behind them. */
export const TICKER_CHANNELS = {
  'tickers.list': query({
    summary: 'Instruments with a known price or a watcher, by symbol; q keeps those whose symbol contains it',
    args: Type.Object({ ...env, ...page, q: Type.Optional(Type.String({ maxLength: 64 })) }),
    result: pageOf(Quote),
    http: { method: 'GET', path: '/api/tickers' },
  }),
  'ticker.get': query({
    summary: 'One instrument with what every source says; not_found when no price of it is known',
    args: Type.Object({ ...env, symbol: typedSymbol }),
    result: Ticker,
    http: { method: 'GET', path: '/api/tickers/:symbol' },
  }),
  'ticker.candles': query({
    summary:
      'Candles from `from` to before `to` (now), the newest `limit` of them (500), oldest first: of the source and the currency of the quote in use, or of `source`',
    args: Type.Object({
      ...env,
      ...period,
      symbol: typedSymbol,
      interval: CandleInterval,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 500 })),
      source: Type.Optional(Type.Unsafe<(typeof PRICE_SOURCES)[number]>(Type.Enum([...PRICE_SOURCES]))),
    }),
    result: CandlePage,
    http: { method: 'GET', path: '/api/tickers/:symbol/candles' },
  }),
  'symbols.suggest': query({
    summary:
      'At most 10 symbols that typing may have meant: those that begin with it, then those that contain it',
    args: Type.Object({ ...env, q: Type.String({ maxLength: 64 }) }),
    result: Type.Object({ items: Type.Array(Suggestion, { maxItems: 10 }) }),
    http: { method: 'GET', path: '/api/symbols' },
  }),
  'subscriptions.list': query({
    summary: 'The watched symbols, in the order of the alphabet',
    args: Type.Object({ ...env, ...page }),
    result: pageOf(Subscription),
    http: { method: 'GET', path: '/api/subscriptions' },
  }),
  'subscription.add': command({
    summary: 'Watches a symbol in the active environment; conflict when the list has it or is full',
    args: Type.Object({ symbol: typedSymbol, list: Type.Optional(listId) }),
    result: Subscription,
    http: { method: 'POST', path: '/api/subscriptions' },
  }),
  'subscription.remove': command({
    summary: 'Takes a symbol from one list, or from all; not_found when it is not watched',
    args: Type.Object({ symbol: typedSymbol, list: Type.Optional(listId) }),
    result: Type.Object({ done: Type.Literal(true) }),
    http: { method: 'DELETE', path: '/api/subscriptions/:symbol' },
  }),
  'watchlists.get': query({
    summary: 'The watchlists in their order',
    args: Type.Object({ ...env }),
    result: watchlists,
    http: { method: 'GET', path: '/api/watchlists' },
  }),
  'watchlist.create': command({
    summary: 'Adds a watchlist at the end: empty, or with symbols in their order',
    args: Type.Object({
      name: WatchlistName,
      symbols: Type.Optional(Type.Array(typedSymbol, { maxItems: MAX_LIST_SYMBOLS })),
    }),
    result: Watchlist,
    http: { method: 'POST', path: '/api/watchlists' },
  }),
  'watchlist.rename': command({
    summary: 'Gives a watchlist another name',
    args: Type.Object({ id: listId, name: WatchlistName }),
    result: Watchlist,
    http: { method: 'PUT', path: '/api/watchlists/:id' },
  }),
  'watchlist.remove': command({
    summary: 'Removes a watchlist with its subscriptions; the first one stays',
    args: Type.Object({ id: listId }),
    result: Type.Object({ done: Type.Literal(true) }),
    http: { method: 'DELETE', path: '/api/watchlists/:id' },
  }),
  'watchlists.order': command({
    summary: 'Orders the watchlists; every id once',
    args: Type.Object({ ids: Type.Array(listId, { maxItems: MAX_WATCHLISTS }) }),
    result: watchlists,
  }),
  'watchlist.order': command({
    summary: 'Orders the symbols of a watchlist; every symbol once',
    args: Type.Object({ id: listId, symbols: Type.Array(typedSymbol, { maxItems: MAX_LIST_SYMBOLS }) }),
    result: Watchlist,
    http: { method: 'PUT', path: '/api/watchlists/:id/symbols' },
  }),
  'breaker.get': query({
    summary: 'The circuit breaker around the stock API, with its latest transitions',
    args: none,
    result: BreakerReport,
    http: { method: 'GET', path: '/api/breaker' },
  }),
  'breaker.spans': query({
    summary:
      'The times in a period (the last day) in which the breaker was not closed, oldest first, the newest 1,000',
    args: Type.Object({ ...env, ...period }),
    result: Type.Object({ items: Type.Array(BreakerSpan, { maxItems: 1000 }) }),
    http: { method: 'GET', path: '/api/breaker/spans' },
  }),
  'breaker.trip': command({
    summary: 'Opens the breaker until it is reset: the stock API is left alone',
    args: none,
    result: Breaker,
    http: { method: 'POST', path: '/api/breaker/trip' },
  }),
  'breaker.reset': command({
    summary: 'Closes the breaker and forgets its failures',
    args: none,
    result: Breaker,
    http: { method: 'POST', path: '/api/breaker/reset' },
  }),
  'polling.get': query({
    summary: 'How prices are polled: API, interval and why, counts, sharing',
    args: none,
    result: Polling,
    http: { method: 'GET', path: '/api/polling' },
  }),
  'mock.faults': command({
    summary: 'Switches faults of the built-in mock stock API; conflict unless it is what is polled',
    args: Type.Partial(MockFaults, { additionalProperties: false }),
    result: MockFaults,
    http: { method: 'PUT', path: '/api/mock-stock-api/faults' },
  }),
  quotes: feed({
    summary: 'Quotes of all watched symbols of the active environment, and the watchlists that order them',
    params: none,
    head: Type.Object({ env: Type.String(), watchlists: Type.Array(Watchlist) }),
    row: Quote,
    key: 'symbol',
  }),
  tickerSparks: feed({
    summary: 'Last hour of every watched symbol, one closing price a minute',
    params: none,
    head: Type.Object({ env: Type.String() }),
    row: TickerSpark,
    key: 'symbol',
  }),
  ticker: feed({
    summary:
      'One instrument; rows are what each source says of it; head is null while no price of it is known',
    params: Type.Object({ symbol: typedSymbol }),
    head: Type.Union([Quote, Type.Null()]),
    row: SourceQuote,
    key: 'source',
  }),
  candles: feed({
    summary:
      'The newest two candles of an instrument, as they grow. `revisions`, oldest first, tell of changes to older candles since somebody has followed them; `series` says whose prices they are: with another one, older candles are others too',
    params: Type.Object({ symbol: typedSymbol, interval: CandleInterval }),
    head: Type.Object({
      revisions: Type.Array(CandleRevision, { maxItems: MAX_REVISIONS }),
      series: Type.Union([ChartSeries, Type.Null()]),
    }),
    row: Candle,
    key: 'time',
  }),
  breaker: feed({
    summary: 'The circuit breaker and its latest 100 transitions',
    params: none,
    head: Breaker,
    row: BreakerTransition,
    key: 'id',
  }),
  polling: feed({
    summary: 'How prices are polled',
    params: none,
    head: Polling,
    row: Type.Object({}),
    key: 'id',
  }),
} as const;
