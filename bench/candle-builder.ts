import type { CandleColumns } from '../src-contract/ticker-checkpoint.ts';

/** A price of a series, as it becomes part of a candle. */
export interface Tick {
  at: number;
  id: number;
  price: number;
}

/** Builds the columns of a checkpoint, candle by candle; ticks come in order. */
export class CandleBuilder {
  readonly columns: CandleColumns;
  readonly #capacity: number;

  /** @param capacity most candles; one more throws a RangeError */
  constructor(capacity: number) {
    const numbers = (): Float64Array => new Float64Array(capacity);
    this.#capacity = capacity;
    this.columns = {
      count: 0,
      seriesIndex: new Uint32Array(capacity),
      level: new Uint8Array(capacity),
      start: numbers(),
      open: numbers(),
      high: numbers(),
      low: numbers(),
      close: numbers(),
      openAt: numbers(),
      openId: numbers(),
      closeAt: numbers(),
      closeId: numbers(),
      ticks: new Uint32Array(capacity),
    };
  }

  /** Begins a candle with its first tick. */
  begin(seriesIndex: number, level: number, start: number, { at, id, price }: Tick): void {
    const { columns } = this;
    const row = columns.count;
    if (row === this.#capacity) throw new RangeError(`there is room for ${this.#capacity} candles only`);
    columns.count += 1;
    columns.seriesIndex[row] = seriesIndex;
    columns.level[row] = level;
    columns.start[row] = start;
    columns.open[row] = columns.high[row] = columns.low[row] = columns.close[row] = price;
    columns.openAt[row] = columns.closeAt[row] = at;
    columns.openId[row] = columns.closeId[row] = id;
    columns.ticks[row] = 1;
  }

  /** Adds a later tick to the candle that was begun last. */
  add({ at, id, price }: Tick): void {
    const { columns } = this;
    const row = columns.count - 1;
    columns.high[row] = Math.max(columns.high[row] ?? price, price);
    columns.low[row] = Math.min(columns.low[row] ?? price, price);
    columns.close[row] = price;
    columns.closeAt[row] = at;
    columns.closeId[row] = id;
    columns.ticks[row] = (columns.ticks[row] ?? 0) + 1;
  }
}
