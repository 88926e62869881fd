import { INTERVAL_MS } from '../../../src-contract/ticker.ts';
import {
  CANDLE_LEVELS,
  type CandleColumns,
  type CandleRecord,
  type SeriesKey,
} from '../../../src-contract/ticker-checkpoint.ts';
import { foldCandles } from './candle-fold.ts';

/** A candle on its way into columns. */
interface Row {
  series: number;
  level: number;
  candle: CandleRecord;
}

/** Folds the seconds of each series into candles of every stored level, as columns. */
export function candleColumns(
  settled: readonly { key: SeriesKey; seconds: CandleRecord[] }[],
): CandleColumns {
  const rows: Row[] = [];
  for (const [series, { seconds }] of settled.entries()) pushLevels(rows, series, seconds);
  const columns = emptyColumns(rows.length);
  for (const [index, row] of rows.entries()) fill(columns, index, row);
  return columns;
}

/** Each level from the one below it: of a long replay the days are folded from a few hours, not from all seconds. */
function pushLevels(rows: Row[], series: number, seconds: CandleRecord[]): void {
  const minutes = foldCandles(seconds, INTERVAL_MS['1m']);
  const hours = foldCandles(minutes, INTERVAL_MS['1h']);
  const days = foldCandles(hours, INTERVAL_MS['1d']);
  for (const candle of seconds) rows.push({ series, level: CANDLE_LEVELS['1s'], candle });
  for (const candle of minutes) rows.push({ series, level: CANDLE_LEVELS['1m'], candle });
  for (const candle of hours) rows.push({ series, level: CANDLE_LEVELS['1h'], candle });
  for (const candle of days) rows.push({ series, level: CANDLE_LEVELS['1d'], candle });
}

function emptyColumns(count: number): CandleColumns {
  const numbers = () => new Float64Array(count);
  return {
    count,
    seriesIndex: new Uint32Array(count),
    level: new Uint8Array(count),
    start: numbers(),
    open: numbers(),
    high: numbers(),
    low: numbers(),
    close: numbers(),
    openAt: numbers(),
    openId: numbers(),
    closeAt: numbers(),
    closeId: numbers(),
    ticks: new Uint32Array(count),
  };
}

/** One loop over plain arrays: `Float64Array.from` asks an iterator for every number, which took most of a checkpoint. */
function fill(columns: CandleColumns, index: number, { series, level, candle }: Row): void {
  columns.seriesIndex[index] = series;
  columns.level[index] = level;
  columns.start[index] = candle.start;
  columns.open[index] = candle.open;
  columns.high[index] = candle.high;
  columns.low[index] = candle.low;
  columns.close[index] = candle.close;
  columns.openAt[index] = candle.openAt;
  columns.openId[index] = candle.openId;
  columns.closeAt[index] = candle.closeAt;
  columns.closeId[index] = candle.closeId;
  columns.ticks[index] = candle.ticks;
}
