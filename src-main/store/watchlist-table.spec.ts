import { expect, it } from 'vitest';
import { testStore } from './testing/test-store.ts';

it('watchlists are stored whole, in their order, for each environment', () => {
  const { writer, reader } = testStore();
  const tech = { id: 'tech', name: 'Tech & more', symbols: ['TSLA', 'AAPL', 'BMW@XETRA'] };
  const main = { id: 'main', name: 'Watchlist', symbols: [] };
  expect(reader.watchlists('dev')).toEqual([]);
  writer.saveWatchlists('dev', [tech, main]);
  writer.saveWatchlists('prod', [main]);
  expect(reader.watchlists('dev')).toEqual([tech, main]);
  writer.saveWatchlists('dev', [main, { ...tech, symbols: ['AAPL'] }]);
  expect(reader.watchlists('dev')).toEqual([main, { ...tech, symbols: ['AAPL'] }]);
  expect(reader.watchlists('prod')).toEqual([main]);
});
