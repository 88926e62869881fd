import { INTERVAL_MS } from '../../src-contract/ticker.ts';
import {
  CANDLE_LEVELS,
  type CandleLevelName,
  type CandleRecord,
  type ClosingRecord,
  type TickerState,
} from '../../src-contract/ticker-checkpoint.ts';
import { LEVEL_NAMES } from './candle-writes.ts';
import { checkpointBatch } from './checkpoint-table.ts';
import { readSeries, type StoredSeries } from './series-table.ts';
import type { Statements } from './statements.ts';
import { readWatchlists } from './watchlist-table.ts';

/** Points of a spark: an hour of minutes. */
const SPARK_POINTS = 3_600_000 / INTERVAL_MS['1m'];

/** Candles of 1 m from which the newest two of 5 m are composed. */
const MINUTES_OF_TWO_5M = 10;

/** What the ticker projection of an environment starts from; empty for one that has nothing stored. */
export function readTickerState(sql: Statements, env: number | undefined, sparksFrom: number): TickerState {
  if (env === undefined) return { batch: 0, newest: [], sparks: [] };
  const watched = new Set(readWatchlists(sql, env).flatMap(({ symbols }) => symbols));
  const series = readSeries(sql, env);
  return {
    batch: checkpointBatch(sql, env, 'tickers'),
    newest: series.flatMap((one) => LEVEL_NAMES.flatMap((level) => newestOf(sql, one, level))),
    sparks: series
      .filter(({ symbol }) => watched.has(symbol))
      .flatMap((one) => sparkOf(sql, one, sparksFrom)),
  };
}

/** The newest two candles, and of 1 m as many as two of 5 m can hold; oldest first; nothing for a level without any. */
function newestOf(sql: Statements, series: StoredSeries, level: CandleLevelName): TickerState['newest'] {
  const candles = sql.rows<CandleRecord>(
    `SELECT start, open, coalesce(high, open) AS high, coalesce(low, open) AS low, coalesce(close, open) AS close,
        start + open_after AS openAt, open_id AS openId, start + coalesce(close_after, open_after) AS closeAt,
        coalesce(close_id, open_id) AS closeId, ticks
      FROM candle WHERE level = ? AND series = ? ORDER BY start DESC LIMIT ${level === '1m' ? MINUTES_OF_TWO_5M : 2}`,
    CANDLE_LEVELS[level],
    series.id,
  );
  return candles.length === 0 ? [] : [{ series: keyOf(series), level, candles: candles.reverse() }];
}

function sparkOf(sql: Statements, series: StoredSeries, from: number): TickerState['sparks'] {
  const points = sql.rows<ClosingRecord>(
    `SELECT start AS minute, coalesce(close, open) AS close, start + coalesce(close_after, open_after) AS closeAt,
        coalesce(close_id, open_id) AS closeId FROM candle
      WHERE level = ? AND series = ? AND start >= ? ORDER BY start DESC LIMIT ${SPARK_POINTS}`,
    CANDLE_LEVELS['1m'],
    series.id,
    from,
  );
  return points.length === 0 ? [] : [{ series: keyOf(series), points: points.reverse() }];
}

function keyOf({ source, symbol, currency }: StoredSeries): TickerState['newest'][number]['series'] {
  return { source, symbol, currency };
}
