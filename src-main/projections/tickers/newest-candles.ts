import { CANDLE_INTERVALS, INTERVAL_MS, type CandleIntervalName } from '../../../src-contract/ticker.ts';
import type { CandleRecord } from '../../../src-contract/ticker-checkpoint.ts';
import { addCandle, startOf } from './candle-fold.ts';

/** As many of the newest candles of each interval are kept: the growing one, and the one before it. */
const KEPT = 2;

/** The newest two candles of every interval of one series, ascending. */
export class NewestCandles {
  readonly #byInterval = new Map<CandleIntervalName, CandleRecord[]>(
    CANDLE_INTERVALS.map((interval) => [interval, []]),
  );

  /** Puts stored candles back, ascending. */
  load(interval: CandleIntervalName, candles: readonly CandleRecord[]): void {
    this.#byInterval.set(
      interval,
      candles.slice(-KEPT).map((candle) => ({ ...candle })),
    );
  }

  /** Adds a candle of one second to the candles that contain it; one before all that are kept changes nothing here. */
  add(second: Readonly<CandleRecord>): void {
    for (const [interval, candles] of this.#byInterval) addTo(candles, second, INTERVAL_MS[interval]);
  }

  /** The newest candles of an interval with these seconds on top; copies, ascending. */
  read(interval: CandleIntervalName, seconds: Iterable<Readonly<CandleRecord>>): CandleRecord[] {
    const candles = (this.#byInterval.get(interval) ?? []).map((candle) => ({ ...candle }));
    for (const second of seconds) addTo(candles, second, INTERVAL_MS[interval]);
    return candles;
  }
}

function addTo(candles: CandleRecord[], second: Readonly<CandleRecord>, length: number): void {
  const start = startOf(second.start, length);
  const place = candles.findLastIndex((candle) => candle.start <= start);
  const found = candles[place];
  if (found?.start === start) return addCandle(found, second);
  // Before the first of them other candles may lie that are not kept: what is known would be a part of it only.
  if (place === -1 && candles.length >= KEPT) return;
  candles.splice(place + 1, 0, { ...second, start });
  if (candles.length > KEPT) candles.shift();
}
