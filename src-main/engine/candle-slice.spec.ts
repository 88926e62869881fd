import { expect, it } from 'vitest';
import type { TickerCheckpoint } from '../../src-contract/ticker-checkpoint.ts';
import { START, TickerFixture } from '../projections/tickers/testing/ticker-fixture.ts';
import { makeRoom, MOST_SECONDS } from './candle-slice.ts';

const ROWS = 300;

it('lets a replay never write the candles of more than a thousand seconds at once, and none twice', async () => {
  const fixture = new TickerFixture();
  const { projection: tickers } = fixture;
  const written: TickerCheckpoint[] = [];
  const writer = {
    tickerCheckpoint: (checkpoint: TickerCheckpoint) => Promise.resolve(void written.push(checkpoint)),
  };
  for (let batch = 0; batch < 40; batch++) {
    await makeRoom(writer, tickers, ROWS);
    const second = (row: number): number => START + (batch * ROWS + row) * 1000;
    fixture.say(
      ...Array.from({ length: ROWS }, (_, row) => ({ symbol: 'A', price: 100 + (row % 7), at: second(row) })),
    );
  }
  expect(written.map(({ batch }) => batch)).toEqual(
    Array.from({ length: 13 }, (_, index) => 3 * (index + 1)),
  );
  const seconds = written.map(({ candles }) => candles.level.filter((level) => level === 1).length);
  expect(Math.max(...seconds)).toBeLessThanOrEqual(MOST_SECONDS);
  expect(seconds.reduce((sum, count) => sum + count, 0) + tickers.book.pending).toBe(40 * ROWS);
});

it('lets a batch that is larger be written whole, before the next one', async () => {
  const fixture = new TickerFixture();
  const written: TickerCheckpoint[] = [];
  const writer = {
    tickerCheckpoint: (checkpoint: TickerCheckpoint) => Promise.resolve(void written.push(checkpoint)),
  };
  await makeRoom(writer, fixture.projection, 5000);
  expect(written).toEqual([]);
  fixture.say({ symbol: 'A', price: 1, at: START });
  await makeRoom(writer, fixture.projection, 5000);
  expect(written).toHaveLength(1);
});
