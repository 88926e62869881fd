import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeSymbol } from '../../../src-contract/instrument.ts';
import { seededRandom } from '../../lib/random.ts';
import { DEMO_SYMBOLS, DemoMarket } from './demo-market.ts';

const anew = () => null;

describe('DEMO_SYMBOLS', () => {
  it('are 25 different symbols in their stored form, each with a range', () => {
    expect(new Set(DEMO_SYMBOLS.map(({ symbol }) => symbol)).size).toBe(25);
    for (const { symbol, low, high } of DEMO_SYMBOLS) {
      expect(normalizeSymbol(symbol)).toBe(symbol);
      expect(low).toBeGreaterThan(0);
      expect(high).toBeGreaterThan(low);
    }
  });

  it('hold the six known ones with their ranges', () => {
    expect(DEMO_SYMBOLS.slice(0, 6)).toEqual([
      { symbol: 'AAPL', low: 145, high: 155 },
      { symbol: 'GOOGL', low: 2700, high: 2800 },
      { symbol: 'MSFT', low: 305, high: 320 },
      { symbol: 'TSLA', low: 240, high: 260 },
      { symbol: 'AMZN', low: 180, high: 200 },
      { symbol: 'NFLX', low: 450, high: 550 },
    ]);
  });
});

describe('DemoMarket', () => {
  it('keeps every price within its range, in whole cents, wherever it begins', () => {
    const begin = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.integer(), begin, fc.constantFrom(...DEMO_SYMBOLS), (seed, last, symbol) => {
        const market = new DemoMarket(seededRandom(seed), () => last);
        for (let step = 0; step < 300; step += 1) {
          const { price } = market.step(symbol, 0);
          expect(price).toBeGreaterThanOrEqual(symbol.low);
          expect(price).toBeLessThanOrEqual(symbol.high);
          expect(price).toBe(Number(price.toFixed(2)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('wanders through its range instead of resting or sticking to an edge', () => {
    const [apple] = DEMO_SYMBOLS;
    const market = new DemoMarket(seededRandom(7), anew);
    const prices = Array.from({ length: 5000 }, () => market.step(apple!, 0).price);
    const range = apple!.high - apple!.low;
    expect(Math.max(...prices) - Math.min(...prices)).toBeGreaterThan(range / 3);
    const nearEdge = prices.filter(
      (price) => price < apple!.low + range / 100 || price > apple!.high - range / 100,
    );
    expect(nearEdge.length).toBeLessThan(prices.length / 4);
    const steps = prices.slice(1).map((price, index) => Math.abs(price - prices[index]!));
    expect(Math.max(...steps)).toBeLessThan(range / 8);
  });

  it('goes on from the last price of an earlier run', () => {
    const [apple] = DEMO_SYMBOLS;
    const market = new DemoMarket(seededRandom(7), (symbol) => (symbol === 'AAPL' ? 150.25 : null));
    expect(market.price(apple!)).toBe(150.25);
    expect(Math.abs(market.step(apple!, 0).price - 150.25)).toBeLessThan(1.25);
  });

  it('tells the change since the first price of the day, and begins anew with a new day', () => {
    const [apple] = DEMO_SYMBOLS;
    const market = new DemoMarket(seededRandom(7), anew);
    const open = market.step(apple!, 1);
    expect(open.changePercent).toBe(0);
    const later = market.step(apple!, 1);
    expect(later.changePercent).toBeCloseTo((later.price / open.price - 1) * 100, 2);
    expect(market.step(apple!, 2).changePercent).toBe(0);
  });

  it('follows a range that was edited, from the next step on, and leaves the others alone', () => {
    const [apple, google] = DEMO_SYMBOLS;
    let edited = [{ symbol: 'AAPL', low: 10, high: 20 }];
    const market = new DemoMarket(seededRandom(7), anew, () => edited);
    expect(market.step(apple!, 0).price).toBeLessThanOrEqual(20);
    expect(market.step(google!, 0).price).toBeGreaterThanOrEqual(google!.low);
    edited = [{ symbol: 'AAPL', low: 1000, high: 1100 }];
    const { price } = market.step(apple!, 0);
    expect(price).toBeGreaterThanOrEqual(1000);
    expect(price).toBeLessThanOrEqual(1100);
    edited = [];
    expect(market.step(apple!, 0).price).toBeLessThanOrEqual(apple!.high);
  });
});
