import type { CandleIntervalName } from '../../../src-contract/ticker.ts';
import type { CandleRecord } from '../../../src-contract/ticker-checkpoint.ts';
import type { CandleBook, Series } from './candle-book.ts';

/** How many candles are live: the growing one, and the one before it. */
const SHOWN = 2;

/** Which series of a symbol a chart is made of. */
export interface BarChoice {
  /** Sources from the most to the least preferred; others come after them. */
  preference: readonly string[];
  /** The base currency: that of prices that name none. */
  base: string;
}

/** A candle and the source that it is of. */
export interface LiveBar {
  source: string;
  candle: CandleRecord;
}

/**
 * The newest two candles of a symbol, ascending, chosen as the stored ones are: in one currency, that of the newest day's
 * most preferred source, and each of the most preferred source that has it.
 */
export function liveBars(
  book: CandleBook,
  symbol: string,
  interval: CandleIntervalName,
  choice: BarChoice,
): LiveBar[] {
  const bars = new Map<number, LiveBar>();
  for (const series of chosenSeries(book, symbol, choice)) {
    for (const candle of book.live(series, interval)) {
      if (!bars.has(candle.start)) bars.set(candle.start, { source: series.key.source, candle });
    }
  }
  return [...bars.values()].sort((a, b) => a.candle.start - b.candle.start).slice(-SHOWN);
}

/** The most preferred first. */
function chosenSeries(book: CandleBook, symbol: string, { preference, base }: BarChoice): Series[] {
  const rank = ({ key }: Series): number => {
    const place = preference.indexOf(key.source);
    return place === -1 ? preference.length : place;
  };
  const text = ({ key }: Series): string => `${key.source} ${key.currency ?? ''}`;
  const series = [...book.series(symbol)].sort((a, b) => rank(a) - rank(b) || (text(a) < text(b) ? -1 : 1));
  const currencyOf = ({ key }: Series): string => key.currency ?? base;
  const [first] = series;
  if (first === undefined || series.every((one) => currencyOf(one) === currencyOf(first))) return series;
  const day = (one: Series): number => book.live(one, '1d').at(-1)?.start ?? 0;
  const newest = series.reduce((best, one) => (day(one) > day(best) ? one : best));
  return series.filter((one) => currencyOf(one) === currencyOf(newest));
}
