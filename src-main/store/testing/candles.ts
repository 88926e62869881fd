import {
  CANDLE_LEVELS,
  type CandleLevelName,
  type CandleRecord,
  type SeriesKey,
  type TickerCheckpoint,
} from '../../../src-contract/ticker-checkpoint.ts';

/** A candle of a checkpoint under construction. */
export interface TestCandle extends Partial<CandleRecord> {
  series?: Partial<SeriesKey>;
  level?: CandleLevelName;
  start: number;
}

/** A checkpoint of candles out of rows; what a test does not care about is one price of 10 at the start. */
export function makeTickerCheckpoint(
  env: string,
  batch: number,
  rows: readonly TestCandle[] = [],
): TickerCheckpoint {
  const series: SeriesKey[] = [];
  const full = rows.map((row) => ({ ...complete(row), seriesIndex: indexOf(series, row.series ?? {}) }));
  const column = (name: keyof CandleRecord): Float64Array => Float64Array.from(full, (row) => row[name]);
  return {
    env,
    batch,
    series,
    candles: {
      count: full.length,
      seriesIndex: Uint32Array.from(full, (row) => row.seriesIndex),
      level: Uint8Array.from(rows, ({ level = '1m' }) => CANDLE_LEVELS[level]),
      start: column('start'),
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      openAt: column('openAt'),
      openId: column('openId'),
      closeAt: column('closeAt'),
      closeId: column('closeId'),
      ticks: Uint32Array.from(full, ({ ticks }) => ticks),
    },
  };
}

function complete({ start, open = 10, openAt = start, openId = 1, ...rest }: TestCandle): CandleRecord {
  const {
    high = open,
    low = open,
    close = open,
    closeAt = openAt,
    closeId = openId,
    ticks = open === close && high === low ? 1 : 2,
  } = rest;
  return { start, open, high, low, close, openAt, openId, closeAt, closeId, ticks };
}

function indexOf(
  series: SeriesKey[],
  { source = 'nats', symbol = 'AAPL', currency = null }: Partial<SeriesKey>,
) {
  const found = series.findIndex(
    (one) => one.source === source && one.symbol === symbol && one.currency === currency,
  );
  return found < 0 ? series.push({ source, symbol, currency }) - 1 : found;
}
