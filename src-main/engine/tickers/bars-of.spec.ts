import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CandleIntervalName } from '../../../src-contract/ticker.ts';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { InlineEngine } from '../testing/inline-engine.ts';

let engine: InlineEngine;

/** The demo feed and a stock API both bring prices of AAPL; the API is preferred. */
beforeEach(async () => {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  const stockApi = 'http://stocks.test/api/stock-prices';
  const demo = { on: true, seed: 7, pricesPerSecond: 5 };
  engine = await InlineEngine.start({ dataFolder: folder, env: 'demo', demo, stockApi });
  onTestFinished(() => engine.stop());
});

const sourcesOf = (rows: readonly { source: string }[]): string[] => [
  ...new Set(rows.map(({ source }) => source)),
];

async function page(interval: CandleIntervalName) {
  return engine.ask('ticker.candles', { symbol: 'AAPL', interval });
}

const series = (source: string, currency = 'USD') => ({ sources: [source], currency });

describe('the chart of a symbol', () => {
  it('is of the source of its quote, also in intervals in which only another source had a price', async () => {
    const seconds = engine.follow('candles', { symbol: 'AAPL', interval: '1s' });
    await engine.ask('subscription.add', { symbol: 'AAPL' });
    await engine.clock.advance(13_000);
    expect((await engine.ask('ticker.get', { symbol: 'AAPL' })).source).toBe('stocks');
    const { sources, items } = await page('1s');
    expect([sources, sourcesOf(items), sourcesOf(seconds.rows)]).toEqual([
      ['stocks'],
      ['stocks'],
      ['stocks'],
    ]);
    expect(seconds.head.series).toEqual(series('stocks'));
  });

  it('has prices of a clock that is ahead of ours, which a page up to now would leave out', async () => {
    engine.api.ageMs = -4000;
    await engine.ask('subscription.add', { symbol: 'AAPL' });
    await engine.clock.advance(1000);
    const { items } = await page('1s');
    expect(Date.parse(items.at(-1)?.time ?? '')).toBeGreaterThan(engine.clock.now());
  });

  it('is taken over by another source as a whole, when the quote is', async () => {
    const hours = engine.follow('candles', { symbol: 'AAPL', interval: '1h' });
    await engine.ask('subscription.add', { symbol: 'AAPL' });
    await engine.clock.advance(3000);
    expect([hours.head.series, sourcesOf(hours.rows)]).toEqual([series('stocks'), ['stocks']]);
    await engine.ask('subscription.remove', { symbol: 'AAPL' });
    engine.api.failure = 'HTTP 500 from stocks.test';
    await engine.clock.advance(40_000);
    expect((await engine.ask('ticker.get', { symbol: 'AAPL' })).source).toBe('demo');
    const { sources, items } = await page('1h');
    expect([sources, sourcesOf(items)]).toEqual([['demo'], ['demo']]);
    expect(hours.head.series).toEqual(series('demo'));
    expect(hours.rows.toSorted((a, b) => (a.time < b.time ? -1 : 1))).toEqual(items.slice(-2));
  });

  it('is another one at once when the order of the sources is, also while an environment is being opened', async () => {
    const minutes = engine.follow('candles', { symbol: 'AAPL', interval: '1m' });
    await engine.ask('subscription.add', { symbol: 'AAPL' });
    await engine.clock.advance(3000);
    expect(minutes.head.series).toEqual(series('stocks'));
    const opening = engine.client.call('tickers.list', { env: 'prod' });
    await engine.ask('settings.set', { price_sources: ['demo', 'stocks', 'nats'] });
    await engine.clock.advance(100);
    expect([minutes.head.series, sourcesOf(minutes.rows)]).toEqual([series('demo'), ['demo']]);
    expect(sourcesOf((await page('1m')).items)).toEqual(['demo']);
    await opening;
  });

  it('begins anew in another currency when the quote names another one, and mixes none', async () => {
    const minutes = engine.follow('candles', { symbol: 'AAPL', interval: '1m' });
    await engine.ask('subscription.add', { symbol: 'AAPL' });
    await engine.clock.advance(66_000);
    expect((await page('1m')).items).toHaveLength(2);
    engine.api.answer = (symbols, time) => ({
      quotes: symbols.map((symbol) => ({ symbol, currency: 'EUR', price: 90, time })),
    });
    await engine.clock.advance(6000);
    const { currency, items } = await page('1m');
    expect([currency, items.map(({ low }) => low)]).toEqual(['EUR', [90]]);
    expect([minutes.head.series, minutes.rows.map(({ low }) => low)]).toEqual([
      series('stocks', 'EUR'),
      [90],
    ]);
  });

  it('of one source is asked for by its name, in the currency of that source', async () => {
    await engine.ask('subscription.add', { symbol: 'AAPL' });
    await engine.clock.advance(3000);
    const demo = await engine.ask('ticker.candles', { symbol: 'AAPL', interval: '1m', source: 'demo' });
    expect([demo.sources, sourcesOf(demo.items)]).toEqual([['demo'], ['demo']]);
  });
});
