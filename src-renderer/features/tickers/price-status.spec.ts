import { describe, expect, it } from 'vitest';
import { fakeBreaker, fakePolling, fakeQuote } from '../../state/fake-ticker.ts';
import { priceStatus } from './price-status.ts';

const time = { now: Date.parse('2026-11-21T10:00:00.000Z'), zone: 'UTC' };
const quotes = [fakeQuote('AAPL')];

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
