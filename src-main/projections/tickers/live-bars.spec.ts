import { describe, expect, it } from 'vitest';
import { INTERVAL_MS } from '../../../src-contract/ticker.ts';
import { liveBars } from './live-bars.ts';
import { START, TickerFixture, type Said } from './testing/ticker-fixture.ts';

const MINUTE = INTERVAL_MS['1m'];

/** A price of A in a minute. */
const price = (minute: number, value: number, source: string, currency: string | null = null): Said => ({
  ...{ symbol: 'A', price: value, at: START + minute * MINUTE },
  ...{ source, currency },
});

function shown(prices: Said[], preference = ['nats', 'stocks', 'demo'], base = 'USD') {
  const fixture = new TickerFixture();
  fixture.say(...prices);
  const bars = liveBars(fixture.projection.book, 'A', '1m', { preference, base });
  return bars.map(({ source, candle }) => [source, (candle.start - START) / MINUTE, candle.close]);
}

describe('live bars', () => {
  it('are of the most preferred source that has each, whichever source is in use', () => {
    const prices = [price(0, 1, 'nats'), price(1, 2, 'nats'), price(1, 3, 'demo'), price(2, 4, 'demo')];
    expect(shown(prices)).toEqual([
      ['nats', 1, 2],
      ['demo', 2, 4],
    ]);
    expect(shown(prices, ['demo', 'nats'])).toEqual([
      ['demo', 1, 3],
      ['demo', 2, 4],
    ]);
  });

  it('put sources that nobody ranked behind the others, in the order of the alphabet', () => {
    const prices = [price(0, 1, 'x'), price(0, 2, 'b'), price(1, 3, 'x'), price(1, 4, 'demo')];
    expect(shown(prices)).toEqual([
      ['b', 0, 2],
      ['demo', 1, 4],
    ]);
  });

  it('are in one currency, that of the newest day, and take no name for the base currency', () => {
    const day = 24 * 60;
    const prices = [price(0, 1, 'nats', 'EUR'), price(0, 2, 'stocks'), price(1, 3, 'demo', 'USD')];
    expect(shown(prices)).toEqual([['nats', 0, 1]]);
    expect(shown([...prices, price(day, 4, 'demo')])).toEqual([
      ['demo', 1, 3],
      ['demo', day, 4],
    ]);
    expect(shown(prices.slice(1))).toEqual([
      ['stocks', 0, 2],
      ['demo', 1, 3],
    ]);
  });

  it('are none of a symbol that nobody told a price of', () => {
    expect(shown([])).toEqual([]);
  });
});
