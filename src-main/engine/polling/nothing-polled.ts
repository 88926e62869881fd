import type { PollingView } from '../../sources/stocks/stock-source-options.ts';

/** Why nothing is polled. */
export const NO_STOCK_API = 'no stock API address is set';

/** The polling of an environment without a stock API. */
export function nothingPolled(intervalMs: number): PollingView {
  return {
    api: { kind: 'none', url: null },
    interval_ms: intervalMs,
    interval_reason: NO_STOCK_API,
    symbols: 0,
    calls: 0,
    rows_accepted: 0,
    rows_rejected: 0,
    last_reject: null,
    last_poll_at: null,
    last_success_at: null,
    next_poll_at: null,
    faults: null,
  };
}
