import { describe, expect, it } from 'vitest';
import { fakeTotal } from '../../state/fake-invoice.ts';
import { CurrencyOrder } from './currency-order.ts';

const counts = (of: Record<string, number>) =>
  Object.entries(of).map(([currency, count]) => fakeTotal(currency, count));

describe('the order of currencies', () => {
  const names = (order: CurrencyOrder, of: Record<string, number>, view = 'all') =>
    order.arrange(counts(of), 'USD', view).map(({ currency }) => currency);

  it('is the base currency, then the alphabet, whatever the counts are', () => {
    expect(names(new CurrencyOrder(), { EUR: 9, AUD: 1, USD: 2 })).toEqual(['USD', 'AUD', 'EUR']);
    expect(names(new CurrencyOrder(), { JPY: 1, EUR: 9 })).toEqual(['EUR', 'JPY']);
  });

  it('stays while rows arrive: a currency that is new stands behind the others', () => {
    const order = new CurrencyOrder();
    expect(names(order, { EUR: 1 })).toEqual(['EUR']);
    expect(names(order, { AUD: 5, EUR: 1 })).toEqual(['EUR', 'AUD']);
    expect(names(order, { AUD: 5, EUR: 9, CHF: 20 })).toEqual(['EUR', 'AUD', 'CHF']);
    expect(names(order, { AUD: 5, CHF: 20, EUR: 9, USD: 1 })).toEqual(['USD', 'EUR', 'AUD', 'CHF']);
  });

  it('begins anew with another view', () => {
    const order = new CurrencyOrder();
    names(order, { EUR: 1 });
    names(order, { AUD: 5, EUR: 1 });
    expect(names(order, { AUD: 5, EUR: 1 }, 'filtered')).toEqual(['AUD', 'EUR']);
  });
});
