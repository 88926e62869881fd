import { describe, expect, it } from 'vitest';
import { axisMoney } from './axis-money.ts';

describe('axisMoney', () => {
  it('shortens large amounts without losing what ticks differ in', () => {
    expect([12_345_000, 12_346_000].map((amount) => axisMoney(amount, 'USD'))).toEqual([
      '$12.345M',
      '$12.346M',
    ]);
  });

  it('writes smaller amounts out, decimals only where there are some', () => {
    expect([124_856, 0.05, -7.5].map((amount) => axisMoney(amount, 'USD'))).toEqual([
      '$124,856',
      '$0.05',
      '-$7.5',
    ]);
  });
});
