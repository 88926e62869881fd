import type { CandleIntervalName } from '../../../src-contract/ticker.ts';
import { liveBars, type LiveBar } from '../../projections/tickers/live-bars.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';

/** The newest two candles of a symbol in an environment, by the choice that pages of candles follow too. */
export function barsOf(
  { tickers, projection }: EnvironmentRuntime,
  symbol: string,
  interval: CandleIntervalName,
): LiveBar[] {
  const choice = { preference: projection.quotes.preference, base: projection.currency };
  return liveBars(tickers.book, symbol, interval, choice);
}
