import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOfText } from './decimal.ts';
import { fits, roundedDecimalProduct, roundedProduct, roundedQuotient } from './rounded-product.ts';

/** The same by text and integers alone: shares no code and no idea with what it checks. */
function oracle(quantity: number, price: number, decimals: number): number | null {
  const [a, scaleA] = plain(quantity);
  const [b, scaleB] = plain(price);
  const scale = scaleA + scaleB;
  const exact = a * b * 10n ** BigInt(decimals);
  const unit = 10n ** BigInt(scale);
  const sign = exact < 0n ? -1n : 1n;
  const twice = 2n * exact * sign;
  // Counts how many halves lie within, then pairs them: an odd half goes up, away from zero.
  const halves = twice / unit;
  const rounded = sign * ((halves + 1n) / 2n);
  const result = Number(rounded);
  return Math.abs(result) < Number.MAX_SAFE_INTEGER ? result : null;
}

/** A number as an integer and how many decimals it has. */
function plain(value: number): [bigint, number] {
  const [mantissa = '', exponent = '0'] = value.toString().split('e');
  const decimals = (mantissa.split('.')[1] ?? '').length - Number(exponent);
  const digits = BigInt(mantissa.replace('.', ''));
  return decimals >= 0 ? [digits, decimals] : [digits * 10n ** BigInt(-decimals), 0];
}

const money = fc.integer({ min: 0, max: 1e9 }).map((units) => units / 1000);
const anything = fc.oneof(
  money,
  fc.double({ min: 0, max: 1e12, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 1e9 }),
);
const decimals = fc.constantFrom(0, 2, 3);

describe('roundedProduct', () => {
  it('is quantity × price rounded half away from zero, as the decimals are written', () => {
    fc.assert(
      fc.property(anything, anything, decimals, (quantity, price, places) => {
        expect(roundedProduct(quantity, price, places)).toBe(oracle(quantity, price, places));
      }),
      { numRuns: 3000 },
    );
  });

  it('rounds exact halves up, where floating point would lose them', () => {
    const half = fc.integer({ min: 0, max: 1e9 }).map((cents) => Number(`${cents}.5`) / 100);
    fc.assert(
      fc.property(half, fc.constantFrom(1, 3, 7, 11), (price, quantity) => {
        expect(roundedProduct(quantity, price, 2)).toBe(oracle(quantity, price, 2));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    [100, 1.005, 2, 10050],
    [1, 1.005, 2, 101],
    [1, 163.725, 2, 16373],
    [3, 0.335, 2, 101],
    [0.1, 0.2, 2, 2],
    [0.5, 1, 0, 1],
    [0.0005, 1, 3, 1],
    [1e-7, 50_000, 2, 1],
    [0, 123.45, 2, 0],
    [-1, 1.005, 2, -101],
    [-0.001, 1, 2, 0],
    [-1, 0, 2, 0],
    [-0.005, 1, 2, -1],
    [5e-324, 1, 2, 0],
  ])('makes %d × %d at %i decimals %i', (quantity, price, places, expected) => {
    expect(roundedProduct(quantity, price, places)).toBe(expected);
  });

  it('answers null for what is too large to be exact, and the exact number below', () => {
    expect(roundedProduct(1e12, 1e9, 2)).toBeNull();
    expect(roundedProduct(9_000_000_000_000.01, 1, 3)).toBe(9_000_000_000_000_010);
    expect(roundedProduct(90_071_992_547_409.91, 1, 2)).toBeNull();
  });
});

describe('roundedQuotient', () => {
  it('rounds halves away from zero, whatever the signs', () => {
    const pairs = [
      [5n, 2n],
      [-5n, 2n],
      [5n, -2n],
      [-5n, -2n],
      [4n, 3n],
      [-4n, 3n],
      [0n, 7n],
      [-1n, 3n],
    ] as const;
    expect(pairs.map(([value, divisor]) => roundedQuotient(value, divisor))).toEqual([
      3n,
      -3n,
      -3n,
      3n,
      1n,
      -1n,
      0n,
      0n,
    ]);
  });
});

describe('roundedDecimalProduct', () => {
  it('is exact beyond what numbers can hold', () => {
    const [a, b] = [decimalOfText('9999999999999.999999'), decimalOfText('9999999999999.999999')];
    expect(roundedDecimalProduct(a, b, 2)).toBe(9999999999999999998000000000n);
    expect(roundedDecimalProduct({ digits: 3n, exponent: 2 }, { digits: 1n, exponent: 0 }, 3)).toBe(300_000n);
  });
});

describe('fits', () => {
  it('says whether a sum is still exact', () => {
    expect(fits(Number.MAX_SAFE_INTEGER - 1, 1)).toBe(true);
    expect(fits(Number.MAX_SAFE_INTEGER, 1)).toBe(false);
  });
});
