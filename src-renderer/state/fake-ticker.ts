import type { Breaker, Polling } from '../../src-contract/polling.ts';
import { NO_FAULTS } from '../../src-contract/polling.ts';
import { DEFAULT_WATCHLIST, type Quote, type Watchlist } from '../../src-contract/ticker.ts';

const AT = '2026-11-21T09:59:58.000Z';

/** A live, polled quote, for component tests; `patch` says what is different. */
export function fakeQuote(symbol: string, patch: Partial<Quote> = {}): Quote {
  return {
    symbol,
    price: 100,
    currency: 'USD',
    change_percent: 1.5,
    day_open: 98.5,
    day_high: 101,
    day_low: 98,
    as_of: AT,
    source: 'stocks',
    freshness: 'live',
    watched: true,
    ...patch,
  };
}

/** The list that is always there, for component tests. */
export function fakeWatchlist(symbols: string[], patch: Partial<Watchlist> = {}): Watchlist {
  return { id: DEFAULT_WATCHLIST, name: 'Watchlist', symbols, ...patch };
}

/** A closed breaker, for component tests; `patch` says what is different. */
export function fakeBreaker(patch: Partial<Breaker> = {}): Breaker {
  return {
    env: 'demo',
    state: 'closed',
    since: '2026-11-21T09:00:00.000Z',
    failures_in_a_row: 0,
    failures_in_window: 0,
    calls_in_window: 6,
    window_s: 30,
    last_failure: null,
    last_failure_at: null,
    opened_at: null,
    next_probe_at: null,
    open_today_s: 0,
    ...patch,
  };
}

/** The built-in mock polled without faults, for component tests; `patch` says what is different. */
export function fakePolling(patch: Partial<Polling> = {}): Polling {
  return {
    env: 'demo',
    api: { kind: 'mock', url: 'http://127.0.0.1:4100/api/stock-prices' },
    interval_ms: 5000,
    interval_reason: 'as set',
    symbols: 2,
    calls: 12,
    rows_accepted: 24,
    rows_rejected: 0,
    unknown_symbols: [],
    last_reject: null,
    last_poll_at: AT,
    last_success_at: AT,
    next_poll_at: '2026-11-21T10:00:03.000Z',
    faults: NO_FAULTS,
    sharing: { role: 'alone', leader: null, instances: 1, detail: '' },
    ...patch,
  };
}
