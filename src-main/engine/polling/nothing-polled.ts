import type { PollingView } from '../../sources/stocks/stock-source-options.ts';
import type { StockTarget } from './stock-target.ts';

/** Why nothing is polled. */
export const NO_STOCK_API = 'no stock API address is set';
/** Why nothing is polled though there is an address: the poller is being started, or has failed for good. */
export const NOT_RUNNING = 'the poller is not running';

/** The polling while nothing polls `target`, or of an environment without a stock API. */
export function nothingPolled(intervalMs: number, target: StockTarget | null): PollingView {
  return {
    api: { kind: target?.kind ?? 'none', url: addressOf(target) },
    interval_ms: intervalMs,
    interval_reason: target === null ? NO_STOCK_API : `no calls: ${NOT_RUNNING}`,
    symbols: 0,
    calls: 0,
    rows_accepted: 0,
    rows_rejected: 0,
    unknown_symbols: [],
    last_reject: null,
    last_poll_at: null,
    last_success_at: null,
    next_poll_at: null,
    faults: null,
  };
}

/** Without its query, which may hold a key. */
function addressOf(target: StockTarget | null): string | null {
  const url = URL.parse(target?.url ?? '');
  return url === null ? null : `${url.origin}${url.pathname}`;
}
