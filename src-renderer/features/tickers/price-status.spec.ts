import type { Breaker, Polling } from '../../../src-contract/polling.ts';
import type { Source } from '../../../src-contract/system.ts';
import type { Quote } from '../../../src-contract/ticker.ts';
import { describe, expect, it } from 'vitest';
import { fakeBreaker, fakePolling, fakeQuote } from '../../state/fake-ticker.ts';
import { priceStatus as priceStatusOf } from './price-status.ts';

const time = { now: Date.parse('2026-11-21T10:00:00.000Z'), zone: 'UTC' };
const quotes = [fakeQuote('AAPL')];
const stocks: Source = {
  id: 'stocks',
  title: 'Stock API',
  state: 'live',
  since: '2026-11-21T09:00:00.000Z',
  retry_at: null,
  detail: 'polling 2 symbols every 5 s',
  delivery: null,
};
const priceStatus = (
  polling: Polling | null,
  breaker: Breaker | null,
  shown: Iterable<Quote>,
  moment: typeof time,
  source: Source = stocks,
) => priceStatusOf({ polling, breaker, source, quotes: shown }, moment);

describe('priceStatus', () => {
  it('says how often is polled, and why', () => {
    const polling = fakePolling({ interval_ms: 15_000, interval_reason: 'no window is visible' });
    expect(priceStatus(polling, fakeBreaker(), quotes, time)).toEqual({
      tone: 'ok',
      words: 'Stock API polled every 15 s (no window is visible) for 2 symbols.',
      next: '',
    });
  });

  it('says since when and why the breaker is open, and when it is tried again', () => {
    const breaker = fakeBreaker({
      state: 'open',
      since: '2026-11-21T09:59:57.000Z',
      last_failure: 'HTTP 500',
      next_probe_at: '2026-11-21T10:00:02.000Z',
    });
    expect(priceStatus(fakePolling(), breaker, quotes, time)).toEqual({
      tone: 'fail',
      words: 'Stock API: breaker open since 09:59:57. The API is left alone: HTTP 500.',
      next: 'Next probe in 2 s.',
    });
  });

  it('says that calls fail before the breaker opens, and when the next one comes', () => {
    const source: Source = {
      ...stocks,
      state: 'unreachable',
      since: '2026-11-21T09:59:50.000Z',
      retry_at: '2026-11-21T10:00:03.000Z',
      detail: 'HTTP 500 from prices.test',
    };
    expect(priceStatus(fakePolling(), fakeBreaker({ failures_in_a_row: 2 }), quotes, time, source)).toEqual({
      tone: 'fail',
      words: 'Stock API unreachable since 09:59:50: HTTP 500 from prices.test.',
      next: 'Next call in 3 s.',
    });
  });

  it('does not take a poller that is being started for one that has nothing to ask for', () => {
    const source: Source = { ...stocks, state: 'connecting', detail: 'asking prices.test' };
    const polling = fakePolling({ symbols: 0 });
    expect(priceStatus(polling, fakeBreaker(), quotes, time, source)).toMatchObject({
      tone: 'busy',
      words: 'Stock API connecting since 09:00:00: asking prices.test.',
    });
  });

  it('says that the polling has ended, whose API is not known then', () => {
    const source: Source = { ...stocks, state: 'failed', detail: 'it crashed' };
    const polling = fakePolling({ api: { kind: 'none', url: null } });
    expect(priceStatus(polling, fakeBreaker(), quotes, time, source)).toEqual({
      tone: 'fail',
      words: 'Stock API failed since 09:00:00: it crashed.',
      next: '',
    });
  });

  it('blames nobody for a breaker that was tripped by hand', () => {
    const breaker = fakeBreaker({ state: 'isolated', last_failure: 'HTTP 500' });
    expect(priceStatus(fakePolling(), breaker, quotes, time)?.words).toMatch(
      /tripped by hand since 09:00:00\. The API is left alone until somebody resets it\.$/,
    );
  });

  it('warns without an API only when a price is missing', () => {
    const polling = fakePolling({ api: { kind: 'none', url: null } });
    expect(priceStatus(polling, fakeBreaker(), quotes, time)?.tone).toBe('off');
    const missing = [...quotes, fakeQuote('X', { price: null, freshness: 'none' })];
    expect(priceStatus(polling, fakeBreaker(), missing, time)).toMatchObject({
      tone: 'warn',
      words: expect.stringMatching(/^No price has come for 1 symbol:/) as string,
    });
  });

  it('warns of an API that answers without prices, and of symbols that it does not know', () => {
    const words = 'answered without any of the 2 watched symbols';
    const source = { ...stocks, state: 'degraded' as const, detail: words };
    expect(priceStatus(fakePolling(), fakeBreaker(), quotes, time, source)).toEqual({
      tone: 'warn',
      words: `Stock API degraded since 09:00:00: ${words}.`,
      next: '',
    });
    const unknown = fakePolling({ unknown_symbols: ['ZZZZ', 'YYYY'] });
    expect(priceStatus(unknown, fakeBreaker(), quotes, time)).toMatchObject({
      tone: 'warn',
      words: expect.stringMatching(/ for 2 symbols\. It does not know ZZZZ, YYYY\.$/) as unknown,
    });
  });

  it('names who polls when that is another instance', () => {
    const sharing = { role: 'follower', leader: 'OTHER', instances: 3, detail: '' } as const;
    expect(priceStatus(fakePolling({ sharing }), fakeBreaker(), quotes, time)?.words).toMatch(
      /^Another instance/,
    );
  });

  it('says nothing before anything is known', () => {
    expect(priceStatus(null, fakeBreaker(), quotes, time)).toBeNull();
  });
});
