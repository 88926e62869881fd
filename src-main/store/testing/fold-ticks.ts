import { INTERVAL_MS } from '../../../src-contract/ticker.ts';
import type { CandleLevelName, CandleRecord, SeriesKey } from '../../../src-contract/ticker-checkpoint.ts';
import { LEVEL_NAMES } from '../candle-writes.ts';
import type { TestCandle } from './candles.ts';

/** A price as the journal has it. */
export interface Tick {
  id: number;
  at: number;
  price: number;
  series: SeriesKey;
}

type Folded = TestCandle & CandleRecord;

/** Folds ticks into candles of all levels, one after the other, in the plainest way. */
export function foldTicks(ticks: readonly Tick[]): Folded[] {
  const candles = new Map<string, Folded>();
  for (const tick of ticks) {
    for (const level of LEVEL_NAMES) {
      const one = candleOf(tick, level);
      const key = JSON.stringify([level, one.start, tick.series]);
      const found = candles.get(key);
      if (found === undefined) candles.set(key, one);
      else fold(found, tick);
    }
  }
  return [...candles.values()];
}

function candleOf({ id, at, price, series }: Tick, level: CandleLevelName): Folded {
  const prices = { open: price, high: price, low: price, close: price };
  const start = at - (at % INTERVAL_MS[level]);
  return { series, level, start, ...prices, openAt: at, openId: id, closeAt: at, closeId: id, ticks: 1 };
}

function fold(candle: Folded, { id, at, price }: Tick): void {
  candle.high = Math.max(candle.high, price);
  candle.low = Math.min(candle.low, price);
  candle.ticks += 1;
  if (at < candle.openAt || (at === candle.openAt && id < candle.openId)) {
    Object.assign(candle, { open: price, openAt: at, openId: id });
  }
  if (at > candle.closeAt || (at === candle.closeAt && id > candle.closeId)) {
    Object.assign(candle, { close: price, closeAt: at, closeId: id });
  }
}
