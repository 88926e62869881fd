import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../../store/testing/store-fixture.ts';
import { InlineEngine } from '../testing/inline-engine.ts';

it('keeps live candles of the source that pages take, also when another one is in use', async () => {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  const stockApi = 'http://stocks.test/api/stock-prices';
  const demo = { on: true, seed: 7, pricesPerSecond: 5 };
  const engine = await InlineEngine.start({ dataFolder: folder, env: 'demo', demo, stockApi });
  onTestFinished(() => engine.stop());
  const hours = engine.follow('candles', { symbol: 'AAPL', interval: '1h' });
  await engine.ask('subscription.add', { symbol: 'AAPL' });
  await engine.clock.advance(3000);
  await engine.ask('subscription.remove', { symbol: 'AAPL' });
  engine.api.failure = 'HTTP 500 from stocks.test';
  await engine.clock.advance(40_000);
  expect((await engine.ask('ticker.get', { symbol: 'AAPL' })).source).toBe('demo');
  const { items } = await engine.ask('ticker.candles', { symbol: 'AAPL', interval: '1h', limit: 2 });
  expect(items.map(({ source }) => source)).toEqual(['demo', 'stocks']);
  expect(hours.rows.toSorted((a, b) => (a.time < b.time ? -1 : 1))).toEqual(items);
});
