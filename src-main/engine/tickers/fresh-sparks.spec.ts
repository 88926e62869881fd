import { expect, it } from 'vitest';
import { demoEngine } from '../testing/demo-engine.ts';

it('gives a freshly watched symbol its last hour at once, as after a restart, and lets it go on', async () => {
  const engine = await demoEngine();
  const sparks = engine.follow('tickerSparks', {});
  await engine.ask('subscription.add', { symbol: 'AAPL' });
  await engine.clock.advance(100);
  const { items } = await engine.ask('ticker.candles', { symbol: 'AAPL', interval: '1m' });
  const closes = items.map(({ close }) => close);
  expect(sparks.row('AAPL')?.points).toEqual(closes.slice(-60));
  await engine.clock.advance(8000);
  const later = await engine.ask('ticker.candles', { symbol: 'AAPL', interval: '1m' });
  await engine.clock.advance(100);
  expect(sparks.row('AAPL')?.points).toEqual(later.items.slice(-60).map(({ close }) => close));
});

it('fills the last hour of every symbol that a new list brings, and of none that was watched before', async () => {
  const engine = await demoEngine();
  await engine.ask('subscription.add', { symbol: 'AAPL' });
  const sparks = engine.follow('tickerSparks', {});
  await engine.ask('watchlist.create', { name: 'All', symbols: ['AAPL', 'MSFT', 'NOWHERE'] });
  await engine.clock.advance(100);
  const lengths = sparks.rows.map(({ symbol, points }) => [symbol, points.length]);
  expect(lengths).toEqual([
    ['AAPL', 60],
    ['MSFT', 60],
    ['NOWHERE', 0],
  ]);
});
