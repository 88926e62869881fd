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

function shown(prices: Said[], sources: string[], currency = 'USD', base = 'USD') {
  const fixture = new TickerFixture();
  fixture.say(...prices);
  const bars = liveBars(fixture.projection.book, 'A', '1m', { sources, currency }, base);
  return bars.map(({ source, candle }) => [source, (candle.start - START) / MINUTE, candle.close]);
}

describe('live bars', () => {
  it("are of the chart's source alone, though another one has newer prices", () => {
    const prices = [price(0, 1, 'nats'), price(1, 2, 'nats'), price(1, 3, 'demo'), price(2, 4, 'demo')];
    expect(shown(prices, ['nats'])).toEqual([
      ['nats', 0, 1],
      ['nats', 1, 2],
    ]);
    expect(shown(prices, ['demo'])).toEqual([
      ['demo', 1, 3],
      ['demo', 2, 4],
    ]);
  });

  it('are of the first that has each, where several sources make the chart', () => {
    const prices = [price(0, 1, 'nats'), price(1, 2, 'nats'), price(1, 3, 'stocks'), price(2, 4, 'stocks')];
    expect(shown([...prices, price(3, 5, 'demo')], ['nats', 'stocks'])).toEqual([
      ['nats', 1, 2],
      ['stocks', 2, 4],
    ]);
  });

  it('are in the currency of the chart, and take no name for the base currency', () => {
    const prices = [price(0, 1, 'nats', 'EUR'), price(1, 2, 'nats'), price(2, 3, 'nats', 'USD')];
    expect(shown(prices, ['nats'])).toEqual([
      ['nats', 1, 2],
      ['nats', 2, 3],
    ]);
    expect(shown(prices, ['nats'], 'EUR')).toEqual([['nats', 0, 1]]);
    expect(shown(prices, ['nats'], 'EUR', 'EUR')).toEqual([
      ['nats', 0, 1],
      ['nats', 1, 2],
    ]);
  });

  it('are none without a chart, or of a symbol that nobody told a price of', () => {
    expect(liveBars(new TickerFixture().projection.book, 'A', '1m', null, 'USD')).toEqual([]);
    expect(shown([], ['nats'])).toEqual([]);
  });
});
