import { toMinor, type Money } from '../../src-contract/money.ts';

const known = new WeakMap<Money, number>();

/**
 * An amount in integer minor units. Amounts of a feed are never changed but replaced, so each is read only once: lists of
 * thousands are sorted and added up at every change of a few.
 */
export function minorOf(money: Money): number {
  const kept = known.get(money);
  if (kept !== undefined) return kept;
  const minor = toMinor(money);
  known.set(money, minor);
  return minor;
}
