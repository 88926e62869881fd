import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorProduct, placesOf, textOf, unitsOf, type StatedDecimal } from './exact-amount.ts';
import { fractionOf, roundedOnPaper } from './testing/on-paper.ts';

const text = fc
  .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^[0-9]{1,13}$/), fc.stringMatching(/^(\.[0-9]{1,6})?$/))
  .map((parts) => parts.join(''));
const units = fc.integer({ min: -1e15, max: 1e15 });
const stated: fc.Arbitrary<StatedDecimal> = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  units.map((minor) => minor / 100),
  units.map((minor) => minor / 1000),
  units,
);
const decimals = fc.constantFrom(0, 2, 3);
const isSafe = (value: bigint) => value >= -(2n ** 53n) + 1n && value < 2n ** 53n;

describe('a stated decimal', () => {
  it('is an integer of units exactly when it has no more decimals than they and is not too large', () => {
    fc.assert(
      fc.property(stated, decimals, (said, places) => {
        const { numerator, denominator } = fractionOf(said);
        const scaled = numerator * 10n ** BigInt(places);
        const exact = scaled % denominator === 0n ? scaled / denominator : null;
        expect(unitsOf(said, places)).toBe(exact === null || !isSafe(exact) ? null : Number(exact));
      }),
      { numRuns: 5000 },
    );
  });

  it('makes products that are rounded as on paper, or null where they are too large', () => {
    fc.assert(
      fc.property(stated, stated, decimals, (quantity, price, places) => {
        const product = roundedOnPaper(quantity, price, places);
        expect(minorProduct(quantity, price, places)).toBe(isSafe(product) ? Number(product) : null);
      }),
      { numRuns: 5000 },
    );
  });

  it('is more than the number nearest to its text', () => {
    expect(minorProduct('0.001', '499999999999.499999', 3)).toBe(499_999_999_999);
  });

  it('is written in full with the decimals it has', () => {
    fc.assert(
      fc.property(stated, (said) => {
        const written = textOf(said);
        expect(written).toMatch(/^(0|-?[1-9]\d*|-?0(?=\.\d*[1-9])|0(?=\.))(\.\d+)?$/);
        const [a, b] = [fractionOf(written), fractionOf(said)];
        expect(a.numerator * b.denominator).toBe(b.numerator * a.denominator);
        expect(written.split('.')[1]?.length ?? 0).toBe(placesOf(said));
      }),
      { numRuns: 3000 },
    );
  });
});
