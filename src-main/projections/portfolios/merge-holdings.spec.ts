import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeHoldings } from './merge-holdings.ts';

const body = (symbol: string, quantity: number, price: number) => ({ symbol, quantity, avg_price: price });

describe('mergeHoldings', () => {
  it('adds quantities of the same symbol and weights its average price by them', () => {
    expect(mergeHoldings([body('A', 1, 10), body('B', 5, 1), body('A', 3, 20)])).toEqual([
      { symbol: 'A', quantity: 4, avgPrice: 17.5 },
      { symbol: 'B', quantity: 5, avgPrice: 1 },
    ]);
  });

  it('adds and weights the decimals as they are written', () => {
    expect(mergeHoldings([body('A', 0.1, 1.005), body('A', 0.2, 1.005)])).toEqual([
      { symbol: 'A', quantity: 0.3, avgPrice: 1.005 },
    ]);
    expect(mergeHoldings([body('A', 1, 1.005), body('A', 1, 0.1)])).toEqual([
      { symbol: 'A', quantity: 2, avgPrice: 0.5525 },
    ]);
  });

  it('takes the last price of a symbol of which nothing is held', () => {
    expect(mergeHoldings([body('A', 0, 10), body('A', 0, 20)])).toEqual([
      { symbol: 'A', quantity: 0, avgPrice: 20 },
    ]);
  });

  it('keeps one holding a symbol, in the order of first appearance, and what was paid in all', () => {
    const holding = fc.record({
      symbol: fc.constantFrom('A', 'B', 'C'),
      quantity: fc.integer({ min: 0, max: 1e6 }).map((units) => units / 100),
      avg_price: fc.integer({ min: 0, max: 1e6 }).map((cents) => cents / 100),
    });
    fc.assert(
      fc.property(fc.array(holding, { maxLength: 12 }), (holdings) => {
        const merged = mergeHoldings(holdings);
        expect(merged.map(({ symbol }) => symbol)).toEqual([
          ...new Set(holdings.map(({ symbol }) => symbol)),
        ]);
        for (const { symbol, quantity, avgPrice } of merged) {
          const parts = holdings.filter((part) => part.symbol === symbol);
          const hundredths = parts.reduce((sum, part) => sum + Math.round(part.quantity * 100), 0);
          expect(Math.round(quantity * 100)).toBe(hundredths);
          const paid = parts.reduce((sum, part) => sum + part.quantity * part.avg_price, 0);
          if (quantity > 0) expect(quantity * avgPrice).toBeCloseTo(paid, 3);
        }
      }),
    );
  });

  it('leaves what it was given alone', () => {
    const given = [body('A', 1, 10), body('A', 3, 20)];
    mergeHoldings(given);
    expect(given).toEqual([body('A', 1, 10), body('A', 3, 20)]);
  });
});
