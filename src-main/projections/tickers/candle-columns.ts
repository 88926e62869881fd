import { INTERVAL_MS } from '../../../src-contract/ticker.ts';
import {
  CANDLE_LEVELS,
  type CandleColumns,
  type CandleLevelName,
  type CandleRecord,
  type SeriesKey,
} from '../../../src-contract/ticker-checkpoint.ts';
import { foldCandles } from './candle-fold.ts';

const LEVELS = Object.keys(CANDLE_LEVELS) as CandleLevelName[];

/** Folds the seconds of each series into candles of every stored level, as columns. */
export function candleColumns(
  settled: readonly { key: SeriesKey; seconds: CandleRecord[] }[],
): CandleColumns {
  const rows = settled.flatMap(({ seconds }, series) =>
    LEVELS.flatMap((level) => {
      const candles = level === '1s' ? seconds : foldCandles(seconds, INTERVAL_MS[level]);
      return candles.map((candle) => ({ series, level: CANDLE_LEVELS[level], candle }));
    }),
  );
  const numbers = (of: (candle: CandleRecord) => number) =>
    Float64Array.from(rows, ({ candle }) => of(candle));
  return {
    count: rows.length,
    seriesIndex: Uint32Array.from(rows, ({ series }) => series),
    level: Uint8Array.from(rows, ({ level }) => level),
    start: numbers((candle) => candle.start),
    open: numbers((candle) => candle.open),
    high: numbers((candle) => candle.high),
    low: numbers((candle) => candle.low),
    close: numbers((candle) => candle.close),
    openAt: numbers((candle) => candle.openAt),
    openId: numbers((candle) => candle.openId),
    closeAt: numbers((candle) => candle.closeAt),
    closeId: numbers((candle) => candle.closeId),
    ticks: Uint32Array.from(rows, ({ candle }) => candle.ticks),
  };
}
