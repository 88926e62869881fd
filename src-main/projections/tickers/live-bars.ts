import type { CandleIntervalName, ChartSeries } from '../../../src-contract/ticker.ts';
import type { CandleRecord } from '../../../src-contract/ticker-checkpoint.ts';
import type { CandleBook, Series } from './candle-book.ts';

/** How many candles are live: the growing one, and the one before it. */
const SHOWN = 2;

/** A candle and the source that it is of. */
export interface LiveBar {
  source: string;
  candle: CandleRecord;
}

/**
 * The newest two candles of a symbol's chart, ascending, chosen as the stored ones are: each of the first of the chart's
 * sources that has it.
 * @param base the base currency: that of prices that name none.
 */
export function liveBars(
  book: CandleBook,
  symbol: string,
  interval: CandleIntervalName,
  chart: ChartSeries | null,
  base: string,
): LiveBar[] {
  if (chart === null) return [];
  const bars = new Map<number, LiveBar>();
  for (const series of chosenSeries(book, symbol, chart, base)) {
    for (const candle of book.live(series, interval)) {
      if (!bars.has(candle.start)) bars.set(candle.start, { source: series.key.source, candle });
    }
  }
  return [...bars.values()].sort((a, b) => a.candle.start - b.candle.start).slice(-SHOWN);
}

/** The first source first; what names no currency before what names the base currency. */
function chosenSeries(book: CandleBook, symbol: string, chart: ChartSeries, base: string): Series[] {
  const { sources, currency } = chart;
  const place = ({ key }: Series): number => sources.indexOf(key.source);
  return book
    .series(symbol)
    .filter((series) => place(series) !== -1 && (series.key.currency ?? base) === currency)
    .sort((a, b) => place(a) - place(b) || (a.key.currency === null ? -1 : 1));
}
