import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf, decimalProduct, decimalQuotient, decimalSum, toNumber } from './decimal.ts';

const number = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('a decimal', () => {
  it('is the number it was made from, whatever its size', () => {
    fc.assert(
      fc.property(number, (value) => {
        expect(toNumber(decimalOf(value)) + 0).toBe(value + 0);
      }),
    );
  });

  it('adds, multiplies and divides as on paper', () => {
    const [a, b] = [decimalOf(0.1), decimalOf(0.2)];
    expect(toNumber(decimalSum(a, b))).toBe(0.3);
    expect(toNumber(decimalProduct(a, b))).toBe(0.02);
    expect(decimalQuotient(decimalOf(0.3015), decimalOf(0.3))).toBe(1.005);
    expect(decimalQuotient(decimalOf(74), decimalOf(7))).toBe(74 / 7);
    expect(decimalQuotient(decimalOf(0), decimalOf(7))).toBe(0);
  });

  it('keeps what is small beside what is large', () => {
    const sum = decimalSum(decimalOf(1e21), decimalOf(1e-7));
    expect(sum).toEqual({ digits: 10n ** 28n + 1n, exponent: -7 });
  });
});
