import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ContractError } from '../../../src-contract/result.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { InlineEngine } from '../testing/inline-engine.ts';

let engine: InlineEngine;
let folder: string;

async function start(): Promise<InlineEngine> {
  const stockApi = 'http://stocks.test/api/stock-prices';
  return InlineEngine.start({ dataFolder: folder, env: 'dev', demo: { on: false, seed: 7 }, stockApi });
}

async function watch(...symbols: string[]): Promise<void> {
  for (const symbol of symbols) await engine.ask('subscription.add', { symbol });
}

beforeEach(async () => {
  const made = makeFolder();
  folder = made.folder;
  onTestFinished(made.remove);
  engine = await start();
  onTestFinished(() => engine.stop());
});

describe('subscriptions', () => {
  it('are polled, shown as quotes, kept as candles, and gone when they are removed', async () => {
    const quotes = engine.follow('quotes', {});
    await engine.clock.advance(100);
    expect([quotes.rows, engine.api.calls]).toEqual([[], []]);
    await watch('aapl ', 'MSFT');
    await engine.clock.advance(12_000);
    expect(quotes.head).toEqual({
      env: 'dev',
      watchlists: [{ id: 'main', name: 'Watchlist', symbols: ['AAPL', 'MSFT'] }],
    });
    expect(quotes.row('AAPL')).toMatchObject({ source: 'stocks', freshness: 'live', watched: true });
    const polled = engine.api.calls.length;
    const candles = await engine.ask('ticker.candles', { symbol: 'aapl', interval: '1h' });
    expect(candles).toMatchObject({ symbol: 'AAPL', currency: 'USD', earlier: false });
    expect(candles.items).toMatchObject([{ ticks: polled, source: 'stocks', close: 100 + polled }]);
    await engine.ask('subscription.remove', { symbol: 'AAPL' });
    await engine.ask('subscription.remove', { symbol: 'msft' });
    await engine.clock.advance(30_000);
    expect([quotes.keys, engine.api.calls.length - polled]).toEqual([[], 0]);
  });

  it('survive a restart', async () => {
    await watch('AAPL', 'SAP@XETR');
    await engine.ask('watchlist.create', { name: 'Autos', symbols: ['TSLA'] });
    await engine.stop();
    engine = await start();
    const { items } = await engine.ask('subscriptions.list', {});
    expect(items.map(({ symbol }) => symbol)).toEqual(['AAPL', 'SAP@XETR', 'TSLA']);
    await engine.clock.advance(1500);
    expect(new Set(engine.api.calls.flat())).toEqual(new Set(['AAPL', 'SAP@XETR', 'TSLA']));
  });

  it.each([
    ['<script>', 'has < >'],
    ['A'.repeat(40), 'has 40 characters'],
    [' ', 'is blank'],
  ])('refuse %j with words', async (symbol, words) => {
    await expect(engine.ask('subscription.add', { symbol })).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringContaining(words) as unknown,
      details: { field: '/symbol' },
    });
  });

  it('are taken at a steady rate only: a loop of them is told to wait', async () => {
    const codes: string[] = [];
    for (let index = 0; index < 60; index++) {
      await engine.ask('subscription.add', { symbol: `S${index}` }).catch((error: unknown) => {
        codes.push((error as ContractError).code);
      });
    }
    expect(codes).toEqual(Array.from({ length: 20 }, () => 'too_many'));
    await engine.clock.advance(1000);
    await expect(engine.ask('subscription.add', { symbol: 'LATER' })).resolves.toBeDefined();
  });
});

describe('a stock API that fails', () => {
  it('is left alone once the breaker is open, and no quote says live 2 intervals and a second later', async () => {
    const quotes = engine.follow('quotes', {});
    const breaker = engine.follow('breaker', {});
    await watch('AAPL');
    await engine.clock.advance(6000);
    expect(quotes.row('AAPL')?.freshness).toBe('live');
    engine.api.failure = 'HTTP 500 from stocks.test';
    await engine.clock.advance(11_000);
    expect(quotes.row('AAPL')?.freshness).not.toBe('live');
    await engine.clock.advance(10_000);
    expect(breaker.head).toMatchObject({ env: 'dev', last_failure: 'HTTP 500 from stocks.test' });
    expect(breaker.rows.map(({ to }) => to)).toContain('open');
    expect(quotes.row('AAPL')?.freshness).toBe('breaker_open');
    const status = await engine.ask('system.status', {});
    expect(status.sources.find(({ id }) => id === 'stocks')).toMatchObject({ state: 'unreachable' });
  });

  it('makes no price fresher by asking to be left alone', async () => {
    const quotes = engine.follow('quotes', {});
    await watch('AAPL');
    await engine.clock.advance(6_000);
    expect(quotes.row('AAPL')?.freshness).toBe('live');
    engine.api.retryAfterMs = 300_000;
    await engine.clock.advance(5_500 + 11_000);
    expect(quotes.row('AAPL')?.freshness).not.toBe('live');
  });

  it('has all prices live again within 10 s of its return', async () => {
    const quotes = engine.follow('quotes', {});
    await watch('AAPL', 'MSFT');
    await engine.clock.advance(6000);
    engine.api.failure = 'HTTP 500 from stocks.test';
    await engine.clock.advance(60_000);
    engine.api.failure = null;
    await engine.clock.advance(10_000);
    expect(quotes.rows.map(({ freshness }) => freshness)).toEqual(['live', 'live']);
    const { items } = await engine.ask('breaker.spans', {});
    expect(items.every(({ to }) => to !== null)).toBe(true);
    expect((await engine.ask('breaker.get', {})).open_today_s).toBeGreaterThan(30);
  });

  it('is not asked while the breaker is tripped by hand, and at once after its reset', async () => {
    await watch('AAPL');
    await engine.clock.advance(6000);
    expect(await engine.ask('breaker.trip', {})).toMatchObject({ state: 'isolated' });
    const calls = engine.api.calls.length;
    await engine.clock.advance(60_000);
    expect(engine.api.calls).toHaveLength(calls);
    expect(await engine.ask('breaker.reset', {})).toMatchObject({ state: 'closed' });
    await engine.clock.advance(1500);
    expect(engine.api.calls.length).toBeGreaterThan(calls);
    const audit = await engine.ask('audit.list', {});
    expect(audit.items.slice(0, 2).map(({ action }) => action)).toEqual(['breaker.reset', 'breaker.trip']);
  });

  it('keeps its breaker open over a crash of its poller, which starts again by itself', async () => {
    await engine.ask('environment.set', { name: 'demo' });
    await watch('AAPL');
    await engine.clock.advance(6000);
    engine.api.failure = 'HTTP 500 from stocks.test';
    await engine.clock.advance(18_000);
    const before = await engine.ask('breaker.get', {});
    expect(before.state).not.toBe('closed');
    await engine.ask('drill.run', { drill: 'crash_source', source: 'stocks' });
    const calls = engine.api.calls.length;
    await engine.clock.advance(1000);
    const { services } = await engine.ask('system.status', {});
    expect(services.find(({ id }) => id === 'stocks')).toMatchObject({ state: 'running', restarts: 1 });
    const after = await engine.ask('breaker.get', {});
    expect(after.state).not.toBe('closed');
    // At most the one probe that was due.
    expect(engine.api.calls.length - calls).toBeLessThanOrEqual(1);
  });

  it('is still named, with the reason why nothing is asked, when its poller has failed for good', async () => {
    await engine.ask('environment.set', { name: 'demo' });
    const { api } = await engine.ask('polling.get', {});
    for (let crash = 0; crash < 6; crash++) {
      await engine.ask('drill.run', { drill: 'crash_source', source: 'stocks' });
      await engine.clock.advance(4000);
    }
    expect((await engine.ask('system.status', {})).services.find(({ id }) => id === 'stocks')?.state).toBe(
      'failed',
    );
    expect(await engine.ask('polling.get', {})).toMatchObject({
      api,
      interval_reason: 'no calls: the poller is not running',
      sharing: { detail: 'the poller is not running' },
    });
  });

  it('is another matter in another environment: the breaker begins closed there, and ends what it logged here', async () => {
    await watch('AAPL');
    await engine.clock.advance(6000);
    engine.api.failure = 'HTTP 500 from stocks.test';
    await engine.clock.advance(20_000);
    await engine.ask('environment.set', { name: 'prod' });
    expect(await engine.ask('breaker.get', {})).toMatchObject({ env: 'prod', state: 'closed', history: [] });
    await engine.ask('environment.set', { name: 'dev' });
    const { history } = await engine.ask('breaker.get', {});
    expect(history[0]).toMatchObject({
      to: 'closed',
      reason: expect.stringContaining('environment') as unknown,
    });
  });
});

describe('prices of several sources', () => {
  it('are used by the order of the settings, which counts at once', async () => {
    const ticker = engine.follow('ticker', { symbol: 'AAPL' });
    await watch('AAPL');
    await engine.clock.advance(1500);
    expect(ticker.head?.source).toBe('stocks');
    expect(ticker.keys).toEqual(['stocks']);
    await engine.ask('settings.set', { price_sources: ['demo', 'nats', 'stocks'] });
    await engine.clock.advance(100);
    expect(ticker.head?.source).toBe('stocks');
    const settings = await engine.ask('settings.get', {});
    expect(settings.price_sources).toEqual(['demo', 'nats', 'stocks']);
  });
});

describe('a stock API that is polled seldom', () => {
  it('stays in use before faster sources for as long as its price is not stale', async () => {
    await engine.stop();
    const demo = { on: true, seed: 7, pricesPerSecond: 5 };
    const stockApi = 'http://stocks.test/api/stock-prices';
    engine = await InlineEngine.start({ dataFolder: folder, env: 'demo', demo, stockApi });
    await engine.ask('settings.set', { stocks: { poll_seconds: 60 } });
    await watch('AAPL');
    await engine.clock.advance(3000);
    const calls = engine.api.calls.length;
    await engine.clock.advance(48_000);
    expect(engine.api.calls).toHaveLength(calls);
    const { source, freshness, sources } = await engine.ask('ticker.get', { symbol: 'AAPL' });
    expect([source, freshness]).toEqual(['stocks', 'live']);
    expect(sources.map((each) => each.source)).toEqual(['stocks', 'demo']);
  });
});

describe('candles', () => {
  it('grow in place while somebody looks, and hand over to the next interval', async () => {
    const candles = engine.follow('candles', { symbol: 'AAPL', interval: '1m' });
    await watch('AAPL');
    await engine.clock.advance(50_000);
    expect(candles.rows).toHaveLength(1);
    await engine.clock.advance(100_000);
    expect(candles.rows).toHaveLength(2);
    const page = await engine.ask('ticker.candles', { symbol: 'AAPL', interval: '1m' });
    expect(page.items.slice(-2)).toEqual(candles.rows.sort((a, b) => (a.time < b.time ? -1 : 1)));
  });

  it('tell of every late price that changed one of those that have left the feed, and of no other', async () => {
    const candles = engine.follow('candles', { symbol: 'AAPL', interval: '1m' });
    const hours = engine.follow('candles', { symbol: 'AAPL', interval: '1h' });
    await watch('AAPL');
    await engine.clock.advance(10 * 60_000);
    expect(candles.head.revisions).toEqual([]);
    const late = async (minutes: number): Promise<string> => {
      engine.api.ageMs = minutes * 60_000;
      const calls = engine.api.calls.length;
      while (engine.api.calls.length === calls) await engine.clock.advance(100);
      engine.api.ageMs = 0;
      const at = engine.clock.now() - minutes * 60_000;
      await engine.clock.advance(200);
      return new Date(at - (at % 60_000)).toISOString();
    };
    const first = await late(6);
    expect(candles.head.revisions).toEqual([{ revision: 1, since: first }]);
    const second = await late(4);
    expect(candles.head.revisions).toEqual([
      { revision: 1, since: first },
      { revision: 2, since: second },
    ]);
    await engine.clock.advance(60_000);
    expect(candles.head.revisions.at(-1)?.revision).toBe(2);
    expect(hours.head.revisions).toEqual([]);
  });

  it('of five minutes are those of their minutes together', async () => {
    await watch('AAPL');
    await engine.clock.advance(12 * 60_000);
    const minutes = await engine.ask('ticker.candles', { symbol: 'AAPL', interval: '1m' });
    const five = await engine.ask('ticker.candles', { symbol: 'AAPL', interval: '5m' });
    const sum = (items: { ticks: number }[]) => items.reduce((total, { ticks }) => total + ticks, 0);
    expect(five.items).toHaveLength(3);
    expect(sum(five.items)).toBe(sum(minutes.items));
    const two = await engine.ask('ticker.candles', { symbol: 'AAPL', interval: '5m', limit: 2 });
    expect(two).toMatchObject({ items: five.items.slice(-2), earlier: true });
  });
});
