import { toMinor, toMoney, type Money } from '../../src-contract/money.ts';

/** Sums amounts exactly, in minor units, one total per currency: currencies are never mixed. Nulls are left out. */
export function totalMoney(amounts: Iterable<Money | null>): Money[] {
  const totals = new Map<string, number>();
  for (const amount of amounts) {
    if (amount !== null) totals.set(amount.currency, (totals.get(amount.currency) ?? 0) + toMinor(amount));
  }
  return [...totals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => toMoney(minor, currency));
}
