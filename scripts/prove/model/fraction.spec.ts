import { describe, expect, it } from 'vitest';
import { amountText, cents, dividedBy, fractionOf, plus, times, toFloat } from './fraction.ts';

describe('a fraction', () => {
  it('rounds to cents half away from zero, exactly where floats do not', () => {
    expect(cents(times(fractionOf('1.005'), fractionOf('100')))).toBe(10050n);
    expect(cents(fractionOf('1.005'))).toBe(101n);
    expect(cents(fractionOf('1.00499999999999999999'))).toBe(100n);
  });

  it('adds and divides without loss', () => {
    expect(toFloat(plus(fractionOf('0.1'), fractionOf('0.2')))).toBe(0.3);
    expect(toFloat(dividedBy(fractionOf('1'), fractionOf('3')))).toBe(1 / 3);
  });

  it('is written as an amount with two decimals and its sign', () => {
    expect([amountText(5n), amountText(-5n), amountText(-123450n), amountText(0n)]).toEqual([
      '0.05',
      '-0.05',
      '-1234.50',
      '0.00',
    ]);
  });
});
