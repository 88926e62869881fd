import {
  CANDLE_LEVELS,
  type CandleColumns,
  type CandleLevelName,
  type CandleRecord,
  type SeriesKey,
  type TickerCheckpoint,
  type TickerState,
} from '../../../../src-contract/ticker-checkpoint.ts';

const LEVELS = Object.keys(CANDLE_LEVELS) as CandleLevelName[];
/** Newest candles of each level that a store answers. */
const NEWEST: Record<CandleLevelName, number> = { '1s': 2, '1m': 10, '1h': 2, '1d': 2 };

/** What a store makes of ticker checkpoints, in a few maps: each row is merged into the one of its series, level and start. */
export class CandleModel {
  batch = 0;
  readonly #series = new Map<
    string,
    { key: SeriesKey; levels: Map<CandleLevelName, Map<number, CandleRecord>> }
  >();

  write(checkpoint: TickerCheckpoint | null): void {
    if (checkpoint === null) return;
    if (checkpoint.batch < this.batch) throw new RangeError('the checkpoint lies before the stored one');
    this.batch = checkpoint.batch;
    const { series, candles } = checkpoint;
    for (let index = 0; index < candles.count; index++) {
      const key = series[candles.seriesIndex[index] ?? -1];
      const level = LEVELS.find((name) => CANDLE_LEVELS[name] === candles.level[index]);
      if (key === undefined || level === undefined)
        throw new RangeError(`row ${index} is of no series or level`);
      const rows = this.#rows(key, level);
      const row = rowOf(candles, index);
      const stored = rows.get(row.start);
      rows.set(row.start, stored === undefined ? row : merged(stored, row));
    }
  }

  /** The candles of one level of a series, ascending. */
  candles(key: SeriesKey, level: CandleLevelName): CandleRecord[] {
    return [...this.#rows(key, level).values()].sort((a, b) => a.start - b.start);
  }

  state(): TickerState {
    const series = [...this.#series.values()];
    return structuredClone({
      batch: this.batch,
      newest: series.flatMap(({ key }) =>
        LEVELS.flatMap((level) => {
          const candles = this.candles(key, level).slice(-NEWEST[level]);
          return candles.length === 0 ? [] : [{ series: key, level, candles }];
        }),
      ),
      sparks: series.map(({ key }) => ({
        series: key,
        points: this.candles(key, '1m')
          .slice(-60)
          .map(({ start, close, closeAt, closeId }) => ({ minute: start, close, closeAt, closeId })),
      })),
    });
  }

  #rows(key: SeriesKey, level: CandleLevelName): Map<number, CandleRecord> {
    const name = JSON.stringify([key.source, key.symbol, key.currency]);
    const series = this.#series.get(name) ?? {
      key,
      levels: new Map<CandleLevelName, Map<number, CandleRecord>>(),
    };
    this.#series.set(name, series);
    const rows = series.levels.get(level) ?? new Map<number, CandleRecord>();
    series.levels.set(level, rows);
    return rows;
  }
}

function rowOf(columns: CandleColumns, index: number): CandleRecord {
  const at = (column: ArrayLike<number>) => column[index] ?? NaN;
  return {
    start: at(columns.start),
    open: at(columns.open),
    high: at(columns.high),
    low: at(columns.low),
    close: at(columns.close),
    openAt: at(columns.openAt),
    openId: at(columns.openId),
    closeAt: at(columns.closeAt),
    closeId: at(columns.closeId),
    ticks: at(columns.ticks),
  };
}

function merged(a: CandleRecord, b: CandleRecord): CandleRecord {
  const [first] = [a, b].sort((one, other) => one.openAt - other.openAt || one.openId - other.openId);
  const [last] = [a, b].sort((one, other) => other.closeAt - one.closeAt || other.closeId - one.closeId);
  const { open, openAt, openId } = first ?? a;
  const { close, closeAt, closeId } = last ?? a;
  return {
    ...{ start: a.start, open, openAt, openId, close, closeAt, closeId },
    high: Math.max(a.high, b.high),
    low: Math.min(a.low, b.low),
    ticks: a.ticks + b.ticks,
  };
}
