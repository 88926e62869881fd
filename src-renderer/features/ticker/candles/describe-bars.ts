import type { ChartTable } from '../../../ui/charts/chart-table.ts';
import { formatCount, formatCounted, formatPrice } from '../../../ui/number-format.ts';
import { formatTime } from '../../../ui/time-format.ts';
import type { Bar } from './bar.ts';
import { gapsOf } from './place-bars.ts';

/** The bars of a chart and how to write them. */
export interface DescribedBars {
  symbol: string;
  bars: readonly Bar[];
  /** Length of a bar in milliseconds, and how people call it. */
  interval: number;
  intervalName: string;
  currency: string;
  zone: string | undefined;
}

/** The chart in a sentence: from where to where, the extremes, how many candles, how many gaps. */
export function barsSummary({ symbol, bars, interval, intervalName, currency, zone }: DescribedBars): string {
  const first = bars[0];
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return `${symbol}: no prices recorded yet`;
  const at = (bar: Bar) => formatTime(bar.at, 'full', zone);
  let highest = first;
  let lowest = first;
  for (const bar of bars) {
    if (bar.high > highest.high) highest = bar;
    if (bar.low < lowest.low) lowest = bar;
  }
  const gaps = gapsOf(bars, interval).length;
  return (
    `${symbol} in ${currency}, ${formatCounted(bars.length, 'candle')} of ${intervalName}: ` +
    `from ${formatPrice(first.open)} at ${at(first)} to ${formatPrice(last.close)} at ${at(last)}, ` +
    `highest ${formatPrice(highest.high)} at ${at(highest)}, lowest ${formatPrice(lowest.low)} at ${at(lowest)}, ` +
    `${formatCounted(gaps, 'gap')}.`
  );
}

/** The bars as a table, newest first. */
export function barsTable({ bars, zone }: DescribedBars): ChartTable {
  return {
    headers: ['Time', 'Open', 'High', 'Low', 'Close', 'Ticks', 'Source'],
    rows: bars
      .map((bar) => [
        formatTime(bar.at, 'full', zone),
        formatPrice(bar.open),
        formatPrice(bar.high),
        formatPrice(bar.low),
        formatPrice(bar.close),
        formatCount(bar.ticks),
        bar.source,
      ])
      .reverse(),
  };
}

/** The bars as CSV (RFC 4180): ISO 8601 times in UTC, prices as numbers, oldest first. */
export function barsCsv(symbol: string, currency: string, bars: readonly Bar[]): string {
  const lines = bars.map(({ at, open, high, low, close, ticks, source }) =>
    [symbol, currency, new Date(at).toISOString(), open, high, low, close, ticks, quoted(source)].join(','),
  );
  return ['symbol,currency,time,open,high,low,close,ticks,source', ...lines, ''].join('\r\n');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
