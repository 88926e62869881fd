import { toMoney, type Money } from '../../src-contract/money.ts';
import { minorOf } from './minor-of.ts';

/** Sums amounts exactly, in minor units, one total per currency: currencies are never mixed. Nulls are left out. */
export function totalMoney<Row>(rows: Iterable<Row>, amountOf: (row: Row) => Money | null): Money[] {
  const totals = new Map<string, number>();
  for (const row of rows) {
    const amount = amountOf(row);
    if (amount !== null) totals.set(amount.currency, (totals.get(amount.currency) ?? 0) + minorOf(amount));
  }
  return [...totals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => toMoney(minor, currency));
}
