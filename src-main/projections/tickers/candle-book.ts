import type { CandleIntervalName } from '../../../src-contract/ticker.ts';
import { INTERVAL_MS } from '../../../src-contract/ticker.ts';
import type { CandleRecord, SeriesKey, TickerState } from '../../../src-contract/ticker-checkpoint.ts';
import { addTick, candleOf, foldCandles, startOf } from './candle-fold.ts';
import { NewestCandles } from './newest-candles.ts';

/** Most series that candles are kept of; prices of further ones go into none and are counted. */
export const MAX_SERIES = 20_000;

const SECOND = INTERVAL_MS['1s'];

/** What is known of one series. */
export interface Series {
  readonly key: SeriesKey;
  /** The candles of one second that hold the prices since the last checkpoint, by their start. */
  readonly pending: Map<number, CandleRecord>;
  /** The one of them that took the last price. */
  last: CandleRecord | null;
  readonly newest: NewestCandles;
  /** Time of its earliest price in the batch that is being applied, UTC milliseconds; Infinity: none. */
  earliest: number;
}

/**
 * The candles of every series: what came since the last checkpoint, second by second, and the newest of every interval. A
 * price costs one look-up and one second's candle; the longer intervals are folded when they are read or stored.
 */
export class CandleBook {
  readonly #bySymbol = new Map<string, Series[]>();
  readonly #touched = new Set<Series>();
  #count = 0;
  #refused = 0;

  /** Prices that went into no candle because there were too many series. */
  get refused(): number {
    return this.#refused;
  }

  /** Number of series. */
  get size(): number {
    return this.#count;
  }

  /** Puts stored candles back. */
  load({ newest }: Pick<TickerState, 'newest'>): void {
    for (const { series: key, level, candles } of newest) {
      const series = this.#of(key.symbol, key.source, key.currency);
      if (series === null) continue;
      series.newest.load(level, candles);
      if (level === '1m') series.newest.load('5m', foldCandles(candles, INTERVAL_MS['5m']));
    }
  }

  /** Takes a price; answers the series, or null when there is no room for another one. */
  take({ symbol, source, currency }: SeriesKey, at: number, id: number, price: number): Series | null {
    const series = this.#of(symbol, source, currency);
    if (series === null) {
      this.#refused += 1;
      return null;
    }
    const { last } = series;
    if (last !== null && at >= last.start && at < last.start + SECOND) addTick(last, at, id, price);
    else this.#takeElsewhere(series, startOf(at, SECOND), { at, id, price });
    return series;
  }

  /** The series of a symbol, one for each source and currency. */
  series(symbol: string): readonly Series[] {
    return this.#bySymbol.get(symbol) ?? [];
  }

  /** The newest two candles of a series, those since the last checkpoint included; ascending. */
  live(series: Series, interval: CandleIntervalName): CandleRecord[] {
    return series.newest.read(interval, ascending(series));
  }

  /** Hands out what came since the last call, by series, and begins anew. */
  settle(): { key: SeriesKey; seconds: CandleRecord[] }[] {
    const settled = [...this.#touched].map((series) => {
      const seconds = ascending(series);
      for (const second of seconds) series.newest.add(second);
      series.pending.clear();
      series.last = null;
      return { key: series.key, seconds };
    });
    this.#touched.clear();
    return settled;
  }

  /** Seconds with prices since the last {@link settle}. */
  get pending(): number {
    let count = 0;
    for (const series of this.#touched) count += series.pending.size;
    return count;
  }

  #takeElsewhere(series: Series, start: number, tick: { at: number; id: number; price: number }): void {
    const known = series.pending.get(start);
    if (known === undefined) {
      series.last = candleOf(tick, start);
      series.pending.set(start, series.last);
      this.#touched.add(series);
    } else {
      series.last = known;
      addTick(known, tick.at, tick.id, tick.price);
    }
  }

  #of(symbol: string, source: string, currency: string | null): Series | null {
    const known = this.#bySymbol.get(symbol);
    if (known !== undefined) {
      for (const series of known) {
        if (series.key.source === source && series.key.currency === currency) return series;
      }
    }
    if (this.#count >= MAX_SERIES) return null;
    this.#count += 1;
    const series: Series = {
      key: { source, symbol, currency },
      pending: new Map(),
      last: null,
      newest: new NewestCandles(),
      earliest: Infinity,
    };
    if (known === undefined) this.#bySymbol.set(symbol, [series]);
    else known.push(series);
    return series;
  }
}

function ascending({ pending }: Series): CandleRecord[] {
  return [...pending.values()].sort((a, b) => a.start - b.start);
}
