import type { InvoiceTotal } from '../../../src-contract/invoice.ts';
import { currencyDecimals, toMoney, type Money } from '../../../src-contract/money.ts';

/** Sums of two sets that have no invoice in common, per currency in the order of the alphabet. Exact at any size. */
export function addTotals(
  left: readonly InvoiceTotal[],
  right: readonly InvoiceTotal[],
): readonly InvoiceTotal[] {
  if (right.length === 0) return left;
  const sums = new Map(left.map((total) => [total.currency, total]));
  for (const total of right) {
    const known = sums.get(total.currency);
    sums.set(total.currency, known === undefined ? total : added(known, total));
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function added(a: InvoiceTotal, b: InvoiceTotal): InvoiceTotal {
  const { currency } = a;
  const count = a.count + b.count;
  const sum = (of: (total: InvoiceTotal) => Money): bigint => minorOf(of(a)) + minorOf(of(b));
  const gross = sum((total) => total.gross);
  return {
    currency,
    count,
    net: toMoney(
      sum((total) => total.net),
      currency,
    ),
    vat: toMoney(
      sum((total) => total.vat),
      currency,
    ),
    gross: toMoney(gross, currency),
    average: toMoney(quotient(gross, BigInt(count)), currency),
  };
}

/** Sums may be beyond what numbers hold exactly. */
function minorOf({ amount, currency }: Money): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(currencyDecimals(currency), '0'));
}

/** Rounded half away from zero, as the average is everywhere. */
function quotient(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) return 0n;
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}
