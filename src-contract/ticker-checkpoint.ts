/** The levels of candles that are stored, by the number under which they are; numbers never change their meaning. */
export const CANDLE_LEVELS = { '1s': 1, '1m': 2, '1h': 3, '1d': 4 } as const;
/** Name of a stored level. */
export type CandleLevelName = keyof typeof CANDLE_LEVELS;

/** What a series of prices belongs to; the environment is that of the checkpoint. A null currency is the base currency. */
export interface SeriesKey {
  source: string;
  /** Normalised symbol with its exchange, if it has one. */
  symbol: string;
  currency: string | null;
}

/**
 * What happened to candles since the checkpoint before, as columns: index i of every column is the same candle, of
 * `series[seriesIndex[i]]`. Each row holds only the new ticks of its interval; merging it into the stored row gives the
 * candle of all: the open is that of the smaller (openAt, openId), the close that of the larger (closeAt, closeId), high and
 * low are the extremes, ticks add up. Ids are journal ids; times are UTC milliseconds.
 */
export interface CandleColumns {
  count: number;
  seriesIndex: Uint32Array;
  /** Number of the level, of CANDLE_LEVELS. */
  level: Uint8Array;
  /** Start of the interval. */
  start: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  openAt: Float64Array;
  openId: Float64Array;
  closeAt: Float64Array;
  closeId: Float64Array;
  ticks: Uint32Array;
}

/** What the ticker projection writes in one transaction, with the batch up to which it has seen the journal. */
export interface TickerCheckpoint {
  env: string;
  batch: number;
  series: SeriesKey[];
  candles: CandleColumns;
}

/** A stored candle of one series. */
export interface CandleRecord {
  start: number;
  open: number;
  high: number;
  low: number;
  close: number;
  openAt: number;
  openId: number;
  closeAt: number;
  closeId: number;
  ticks: number;
}

/** The closing price of a minute; which price it was tells whether a late one comes after it. Ids are journal ids. */
export interface ClosingRecord {
  minute: number;
  close: number;
  closeAt: number;
  closeId: number;
}

/** What the ticker projection starts from: where it stopped, and the newest two stored candles of every series and level (of 1 m the newest ten). */
export interface TickerState {
  batch: number;
  newest: { series: SeriesKey; level: CandleLevelName; candles: CandleRecord[] }[];
  /** The closing prices of the last hour's minutes for the watched symbols, oldest first. */
  sparks: { series: SeriesKey; points: ClosingRecord[] }[];
}

/** A candle as queries read it: of one interval, and of the source that was preferred among those that have it. */
export interface SourcedCandle {
  start: number;
  open: number;
  high: number;
  low: number;
  close: number;
  ticks: number;
  source: string;
  currency: string | null;
}

/** A watchlist as it is stored; the order of lists and of symbols is that of the arrays. */
export interface WatchlistRecord {
  id: string;
  name: string;
  symbols: string[];
}

/** A change of the breaker's state as it is stored; `at` is UTC milliseconds. */
export interface BreakerTransitionRecord {
  at: number;
  from: string;
  to: string;
  reason: string;
}
