import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InvoiceTotal } from '../../../src-contract/invoice.ts';
import { toMoney } from '../../../src-contract/money.ts';
import { addTotals } from './add-totals.ts';

function totalOf(currency: string, grosses: readonly bigint[]): InvoiceTotal {
  const gross = grosses.reduce((sum, minor) => sum + minor, 0n);
  const count = BigInt(grosses.length);
  const magnitude = gross < 0n ? -gross : gross;
  const average = (2n * magnitude + count) / (2n * count);
  return {
    currency,
    count: grosses.length,
    net: toMoney(gross, currency),
    vat: toMoney(-gross, currency),
    gross: toMoney(gross, currency),
    average: toMoney(gross < 0n ? -average : average, currency),
  };
}

const amounts = fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 18n }), { minLength: 1, maxLength: 5 });

describe('addTotals', () => {
  it('equals the totals of both sets taken together, beyond what numbers hold, in any currency', () => {
    fc.assert(
      fc.property(fc.constantFrom('JPY', 'USD', 'KWD'), amounts, amounts, (currency, left, right) => {
        expect(addTotals([totalOf(currency, left)], [totalOf(currency, right)])).toEqual([
          totalOf(currency, [...left, ...right]),
        ]);
      }),
    );
  });

  it('keeps currencies apart, in the order of the alphabet', () => {
    const sum = addTotals([totalOf('USD', [1n])], [totalOf('EUR', [2n]), totalOf('USD', [3n])]);
    expect(sum.map(({ currency, gross }) => [currency, gross.amount])).toEqual([
      ['EUR', '0.02'],
      ['USD', '0.04'],
    ]);
  });
});
