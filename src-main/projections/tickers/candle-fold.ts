import type { CandleRecord } from '../../../src-contract/ticker-checkpoint.ts';

/** A price as candles take it: its time in UTC milliseconds, and its journal id, by which prices of one moment are ordered. */
export interface Tick {
  at: number;
  id: number;
  price: number;
}

/** The candle of one price. */
export function candleOf({ at, id, price }: Tick, start: number): CandleRecord {
  return {
    start,
    open: price,
    high: price,
    low: price,
    close: price,
    openAt: at,
    openId: id,
    closeAt: at,
    closeId: id,
    ticks: 1,
  };
}

/** Adds a price to the candle of its interval, whatever the order prices come in. */
export function addTick(candle: CandleRecord, at: number, id: number, price: number): void {
  candle.ticks += 1;
  if (price > candle.high) candle.high = price;
  if (price < candle.low) candle.low = price;
  if (at > candle.closeAt || (at === candle.closeAt && id > candle.closeId)) {
    candle.close = price;
    candle.closeAt = at;
    candle.closeId = id;
  } else if (at < candle.openAt || (at === candle.openAt && id < candle.openId)) {
    candle.open = price;
    candle.openAt = at;
    candle.openId = id;
  }
}

/** Adds a candle of other prices to one that contains its interval: the candle of all of them. */
export function addCandle(candle: CandleRecord, other: Readonly<CandleRecord>): void {
  candle.ticks += other.ticks;
  if (other.high > candle.high) candle.high = other.high;
  if (other.low < candle.low) candle.low = other.low;
  if (
    other.closeAt > candle.closeAt ||
    (other.closeAt === candle.closeAt && other.closeId > candle.closeId)
  ) {
    candle.close = other.close;
    candle.closeAt = other.closeAt;
    candle.closeId = other.closeId;
  }
  if (other.openAt < candle.openAt || (other.openAt === candle.openAt && other.openId < candle.openId)) {
    candle.open = other.open;
    candle.openAt = other.openAt;
    candle.openId = other.openId;
  }
}

/** Start of the interval of `length` milliseconds that a time belongs to; both UTC milliseconds. */
export function startOf(at: number, length: number): number {
  return at - (((at % length) + length) % length);
}

/** Folds candles into those of a longer interval, which is a multiple of theirs; ascending in, ascending out. */
export function foldCandles(candles: readonly CandleRecord[], length: number): CandleRecord[] {
  const folded: CandleRecord[] = [];
  for (const candle of candles) {
    const start = startOf(candle.start, length);
    const last = folded.at(-1);
    if (last?.start === start) addCandle(last, candle);
    else folded.push({ ...candle, start });
  }
  return folded;
}
