import { describe, expect, it } from 'vitest';
import { BaseCurrency } from './base-currency.ts';

describe('the base currency', () => {
  it('becomes another one at once when that has as many decimals', () => {
    const base = new BaseCurrency('USD');
    expect([base.change('EUR'), base.change('EUR'), base.name, base.decimals]).toEqual([
      true,
      false,
      'EUR',
      2,
    ]);
  });

  it('stays when what was computed in its minor units would be misread', () => {
    const base = new BaseCurrency('USD');
    expect([base.change('JPY'), base.name, base.decimals]).toEqual([false, 'USD', 2]);
  });
});
