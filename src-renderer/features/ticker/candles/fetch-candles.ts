import type { ContractClient } from '../../../../src-contract/client.ts';
import type { CandleIntervalName } from '../../../../src-contract/ticker.ts';
import { toTimestamp } from '../../../../src-contract/timestamp.ts';
import type { FetchCandles } from './candle-window.svelte.ts';

/** How a window asks the engine for the candles of one instrument and interval. */
export function fetchCandles(
  client: ContractClient,
  symbol: string,
  interval: CandleIntervalName,
): FetchCandles {
  return ({ from, to, limit }) =>
    client.call('ticker.candles', {
      symbol,
      interval,
      limit,
      ...(from === null ? {} : { from: toTimestamp(from) }),
      ...(to === null ? {} : { to: toTimestamp(to) }),
    });
}
