import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMinor, toMoney, type Money } from '../../src-contract/money.ts';
import { totalMoney } from './total-money.ts';

const total = (amounts: (Money | null)[]) => totalMoney(amounts, (amount) => amount);

describe('totalMoney', () => {
  it('is exact where floats are not', () => {
    const dime = { amount: '0.10', currency: 'USD' };
    expect(total(Array.from({ length: 30 }, () => dime))).toEqual([{ amount: '3.00', currency: 'USD' }]);
  });

  it('keeps currencies apart and leaves out what is unknown', () => {
    const amounts = [{ amount: '5', currency: 'JPY' }, null, { amount: '1.25', currency: 'EUR' }];
    expect(total(amounts)).toEqual([
      { amount: '1.25', currency: 'EUR' },
      { amount: '5', currency: 'JPY' },
    ]);
    expect(total([])).toEqual([]);
  });

  it('equals the sum of the minor units', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1 }), (minors) => {
        const [sum] = total(minors.map((minor) => toMoney(minor, 'USD')));
        expect(sum === undefined ? null : toMinor(sum)).toBe(minors.reduce((a, b) => a + b, 0) + 0);
      }),
    );
  });
});
