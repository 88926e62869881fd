import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../lib/random.ts';
import { PriceWalk } from './price-walk.ts';

const anew = () => null;
const apple = { symbol: 'AAPL', low: 145, high: 155 };

describe('PriceWalk', () => {
  it('stays within any range, and gives a new value at every step', () => {
    const ranges = fc
      .tuple(fc.double({ min: 0.01, max: 1e6, noNaN: true }), fc.double({ min: 0.001, max: 1, noNaN: true }))
      .map(([low, width]) => ({ symbol: 'X', low, high: low * (1 + width) }));
    fc.assert(
      fc.property(fc.integer(), ranges, (seed, range) => {
        const walk = new PriceWalk(seededRandom(seed), anew);
        let before = walk.price(range);
        for (let step = 0; step < 200; step += 1) {
          const { price } = walk.step(range, 0);
          expect(price).toBeGreaterThanOrEqual(range.low);
          expect(price).toBeLessThanOrEqual(range.high);
          expect(price).not.toBe(before);
          before = price;
        }
      }),
      { numRuns: 100 },
    );
  });

  it('spreads as far in many parts of a step as in whole ones', () => {
    const spread = (parts: number) => {
      const walk = new PriceWalk(seededRandom(11), anew);
      let squares = 0;
      for (let step = 0; step < 2000; step += 1) {
        const before = walk.price(apple);
        for (let part = 0; part < parts; part += 1) walk.step(apple, 0, 1 / parts);
        squares += (walk.price(apple) - before) ** 2;
      }
      return Math.sqrt(squares / 2000);
    };
    const whole = spread(1);
    for (const parts of [4, 16]) {
      expect(spread(parts) / whole).toBeGreaterThan(0.85);
      expect(spread(parts) / whole).toBeLessThan(1.15);
    }
  });

  it('rests where its range has one value only', () => {
    const walk = new PriceWalk(seededRandom(1), anew);
    expect(walk.step({ symbol: 'X', low: 7, high: 7 }, 0).price).toBe(7);
    expect(walk.step({ symbol: 'X', low: 7, high: 7 }, 0).price).toBe(7);
  });

  it('goes into a range that was changed, at the next step', () => {
    const walk = new PriceWalk(seededRandom(1), anew);
    walk.step(apple, 0);
    expect(walk.step({ ...apple, low: 10, high: 20 }, 0).price).toBeLessThanOrEqual(20);
    expect(walk.step({ ...apple, low: 500, high: 600 }, 0).price).toBeGreaterThanOrEqual(500);
  });

  it('tells the same prices for the same seed', () => {
    const prices = (seed: number) => {
      const walk = new PriceWalk(seededRandom(seed), anew);
      return Array.from({ length: 20 }, () => walk.step(apple, 0).price);
    };
    expect(prices(3)).toEqual(prices(3));
    expect(prices(3)).not.toEqual(prices(4));
  });
});
