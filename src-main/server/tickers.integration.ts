import { describe, expect, it, vi } from 'vitest';
import type { BreakerReport } from '../../src-contract/polling.ts';
import type { CandlePage, Ticker } from '../../src-contract/ticker.ts';
import { demoHost } from './demo-host.ts';

/** Longer than any step of a fault takes to show: three polls, or an open breaker and its probe. */
const PATIENCE = { timeout: 30_000, interval: 50 };
const { address, ask } = demoHost({ stocks: { poll_seconds: 1 } });

const ticker = async (symbol: string) => (await ask('GET', `/api/tickers/${symbol}`)).body as Partial<Ticker>;
const breaker = async () => (await ask('GET', '/api/breaker')).body as BreakerReport;

describe('tickers over REST, with the built-in mock', () => {
  it('are watched by typing; their prices come and lie in the ranges, their candles grow', async () => {
    for (const symbol of ['aapl ', 'GOOGL', 'MSFT', 'TSLA']) {
      expect(await ask('POST', '/api/subscriptions', { symbol })).toMatchObject({
        status: 200,
        body: { symbol: symbol.trim().toUpperCase() },
      });
    }
    const quote = await vi.waitUntil(async () => {
      const found = await ticker('AAPL');
      return found.source === 'stocks' ? found : null;
    }, PATIENCE);
    expect(quote).toMatchObject({ symbol: 'AAPL', freshness: 'live', watched: true, currency: 'USD' });
    expect(quote.price).toBeGreaterThanOrEqual(145);
    expect(quote.price).toBeLessThanOrEqual(155);
    const { body } = await ask('GET', '/api/tickers/AAPL/candles?interval=1m&limit=10');
    expect((body as CandlePage).items.at(-1)).toMatchObject({ source: 'stocks' });
  });

  it.each([
    ['<script>', 'has < >'],
    ['A'.repeat(40), 'has 40 characters'],
  ])('refuse %s with 400 and words that say what is accepted', async (symbol, words) => {
    const { status, body } = await ask('POST', '/api/subscriptions', { symbol });
    expect([status, body]).toMatchObject([400, { code: 'invalid_argument', field: '/symbol' }]);
    const { detail } = body as { detail: string };
    expect(detail).toContain(words);
    expect(detail).toContain('a symbol is 1 to 15 of A-Z');
  });

  it('have no symbol of marks alone, whose address nobody could ask for', async () => {
    const { status, body } = await ask('POST', '/api/subscriptions', { symbol: '..' });
    expect([status, body]).toMatchObject([400, { code: 'invalid_argument', field: '/symbol' }]);
    expect((body as { detail: string }).detail).toContain('".." has only dots');
  });

  it('have addresses that cannot be decoded answered like any other: by the page, or by a problem', async () => {
    const page = await fetch(address('/tickers/%E0%A4%A'), { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await ask('GET', '/api/tickers/%E0%A4%A')).toMatchObject({
      status: 400,
      body: { code: 'invalid_argument', field: '/symbol' },
    });
  });

  it('are watched once, and no more after DELETE', async () => {
    expect((await ask('POST', '/api/subscriptions', { symbol: 'TSLA' })).status).toBe(409);
    expect((await ask('DELETE', '/api/subscriptions/TSLA')).status).toBe(200);
    expect((await ask('DELETE', '/api/subscriptions/TSLA')).status).toBe(404);
    const left = ['AAPL', 'GOOGL', 'MSFT'].map((symbol) => ({ symbol, lists: ['main'] }));
    expect((await ask('GET', '/api/subscriptions')).body).toEqual({ items: left, next_cursor: null });
  });

  it('say that the breaker is open while the API fails, and are live again when it is back', async () => {
    await ask('PUT', '/api/mock-stock-api/faults', { error_rate: 1 });
    const open = await vi.waitUntil(async () => {
      const report = await breaker();
      return report.state === 'open' ? report : null;
    }, PATIENCE);
    expect(open).toMatchObject({
      env: 'demo',
      opened_at: expect.any(String),
      next_probe_at: expect.any(String),
    });
    expect(open.history[0]).toMatchObject({ from: 'closed', to: 'open' });
    expect((await ticker('AAPL')).freshness).toBe('breaker_open');
    await ask('PUT', '/api/mock-stock-api/faults', { error_rate: 0 });
    await vi.waitUntil(async () => (await ticker('AAPL')).freshness === 'live', PATIENCE);
    expect((await breaker()).state).toBe('closed');
    expect((await ask('GET', '/api/polling')).body).toMatchObject({
      api: { kind: 'mock' },
      faults: { error_rate: 0 },
    });
  });
});
