import type { CandleIntervalName, ChartSeries } from '../../../src-contract/ticker.ts';
import { chartSeries } from '../../projections/quotes/chart-series.ts';
import { liveBars, type LiveBar } from '../../projections/tickers/live-bars.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';

/** Which prices a chart of a symbol shows in an environment; null while there is no quote. */
export function seriesOf({ projection }: EnvironmentRuntime, symbol: string): ChartSeries | null {
  return chartSeries(symbol, projection);
}

/** The newest two candles of a symbol in an environment, by the choice that pages of candles follow too. */
export function barsOf(runtime: EnvironmentRuntime, symbol: string, interval: CandleIntervalName): LiveBar[] {
  const { tickers, projection } = runtime;
  return liveBars(tickers.book, symbol, interval, seriesOf(runtime, symbol), projection.currency);
}
