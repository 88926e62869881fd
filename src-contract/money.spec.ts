import fc from 'fast-check';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { currencyDecimals, Money, toMinor, toMoney } from './money.ts';

const currency = fc.constantFrom('JPY', 'KRW', 'USD', 'EUR', 'KWD', 'BHD');
const minor = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

describe('money', () => {
  it('comes back as the same minor units, whatever the currency', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        expect(toMinor(toMoney(amount, code)) + 0).toBe(amount + 0);
      }),
    );
  });

  it('is written as its schema says, with as many decimals as the currency has', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        const money = toMoney(amount, code);
        expect(Check(Money, money)).toBe(true);
        expect(money.amount.split('.')[1]?.length ?? 0).toBe(currencyDecimals(code));
      }),
    );
  });

  it.each([
    [123456, 'USD', '1234.56'],
    [5, 'USD', '0.05'],
    [-5, 'USD', '-0.05'],
    [-100, 'USD', '-1.00'],
    [0, 'USD', '0.00'],
    [-0, 'USD', '0.00'],
    [7, 'JPY', '7'],
    [-7, 'JPY', '-7'],
    [7, 'KWD', '0.007'],
    [-12345, 'KWD', '-12.345'],
  ])('writes %i minor units of %s as %s', (amount, code, text) => {
    expect(toMoney(amount, code)).toEqual({ amount: text, currency: code });
  });

  it('is written in full even where a number would be written with an exponent', () => {
    expect(toMoney(4e23, 'USD').amount).toMatch(/^\d{22}\.\d\d$/);
  });

  it('is exact for sums that a number cannot hold', () => {
    expect(toMoney(-90071992547409930n, 'USD').amount).toBe('-900719925474099.30');
    expect([toMoney(5n, 'KWD').amount, toMoney(0n, 'JPY').amount]).toEqual(['0.005', '0']);
  });

  it('reads amounts written with fewer decimals than the currency has', () => {
    expect(toMinor({ amount: '12.3', currency: 'USD' })).toBe(1230);
    expect(toMinor({ amount: '-12', currency: 'KWD' })).toBe(-12_000);
    expect(toMinor({ amount: '-0.00', currency: 'USD' })).toBe(0);
  });

  it('knows currencies of 0, 2 and 3 decimals, and takes 2 for the others', () => {
    expect(['JPY', 'USD', 'KWD', 'XXX'].map(currencyDecimals)).toEqual([0, 2, 3, 2]);
  });
});
