import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimalOf,
  decimalOfText,
  decimalProduct,
  decimalQuotient,
  decimalSum,
  decimalText,
  toNumber,
} from './decimal.ts';

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

  it('is written in full, and read back as the same', () => {
    fc.assert(
      fc.property(number, (value) => {
        const text = decimalText(decimalOf(value));
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text) + 0).toBe(value + 0);
      }),
    );
  });

  it.each([
    ['12.50', '12.50'],
    ['-0.05', '-0.05'],
    ['007.5', '7.5'],
    ['-0', '0'],
    ['1e-7', '0.0000001'],
    ['1.5e+3', '1500'],
  ])('says %s as %s, with the places it has', (text, written) => {
    expect(decimalText(decimalOfText(text))).toBe(written);
  });

  it('is not made of other text', () => {
    expect(() => decimalOfText('ten')).toThrow(SyntaxError);
  });
});
