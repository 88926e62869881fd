import { describe, expect, it } from 'vitest';
import { stockStatus, type StockSituation } from './stock-status.ts';

const usual: StockSituation = {
  host: 'prices.test',
  idle: null,
  breaker: { state: 'closed', last_failure: null },
  nextProbeAt: null,
  failure: null,
  nextPollAt: 9000,
  problem: null,
  answer: null,
  hasSucceeded: true,
  symbols: 6,
  intervalMs: 5000,
};
const NOTHING = { asked: 4, rows: 0, accepted: 0, rejected: 0, lastReject: null, missing: [] };
const before = { state: 'connecting', since: 1, detail: 'starting' } as const;
const statusOf = (change: Partial<StockSituation>) => stockStatus({ ...usual, ...change }, before, 5);

describe('stockStatus', () => {
  it.each<[Partial<StockSituation>, string, string]>([
    [{}, 'live', 'polling 6 symbols every 5 s'],
    [{ symbols: 1, intervalMs: 7500 }, 'live', 'polling 1 symbol every 7.5 s'],
    [{ problem: 'its file is wrong' }, 'live', 'polling 6 symbols every 5 s; its file is wrong'],
    [{ answer: { ...NOTHING, rows: 0 } }, 'degraded', 'answered without any of the 4 watched symbols'],
    [
      { answer: { ...NOTHING, rows: 4, accepted: 3, missing: ['ZZZZ'] }, problem: 'its file is wrong' },
      'live',
      'polling 6 symbols every 5 s; the stock API does not know ZZZZ; its file is wrong',
    ],
    [{ answer: NOTHING, failure: 'HTTP 503' }, 'unreachable', 'HTTP 503'],
    [{ idle: 'nothing is watched' }, 'live', 'nothing is watched'],
    [{ hasSucceeded: false }, 'connecting', 'asking prices.test'],
    [{ failure: 'HTTP 503 from prices.test' }, 'unreachable', 'HTTP 503 from prices.test'],
    [
      { breaker: { state: 'isolated', last_failure: null } },
      'unreachable',
      'breaker tripped by hand: nothing is asked',
    ],
  ])('says in words how it stands: %j', (change, state, detail) => {
    expect(statusOf(change)).toMatchObject({ state, detail });
  });

  it('says why the breaker is open, and when the probe comes', () => {
    const breaker = { state: 'open', last_failure: 'HTTP 500 from prices.test' } as const;
    expect(statusOf({ breaker, nextProbeAt: 7000 })).toEqual({
      state: 'unreachable',
      since: 5,
      retryAt: 7000,
      detail: 'breaker open: HTTP 500 from prices.test',
    });
  });

  it('begins when its state does, not when its words change', () => {
    const first = statusOf({});
    expect(first).toMatchObject({ since: 5 });
    expect(stockStatus({ ...usual, symbols: 7 }, first, 99)).toMatchObject({ since: 5 });
    expect(stockStatus({ ...usual, failure: 'gone' }, first, 99)).toMatchObject({ since: 99 });
  });
});
