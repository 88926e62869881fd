import { ContractError } from '../../../src-contract/result.ts';

/**
 * What was `known` in the order of `wanted`, which names each of them once.
 * Throws `invalid_argument` when something is named twice, and `conflict` when something is missing or is not known: the
 * caller has not seen a change.
 */
export function reordered(
  known: readonly string[],
  wanted: readonly string[],
  names: { field: string; whole: string },
): string[] {
  const { field, whole } = names;
  const seen = new Set<string>();
  for (const one of wanted) {
    if (seen.has(one)) {
      throw new ContractError('invalid_argument', `${one} is named twice in the order; every one goes once`, {
        field,
      });
    }
    seen.add(one);
  }
  const there = new Set(known);
  const strange = wanted.find((one) => !there.has(one));
  if (strange !== undefined) {
    throw new ContractError('conflict', `${strange} is not in ${whole} any more`, { field });
  }
  const missing = known.find((one) => !seen.has(one));
  if (missing !== undefined) {
    throw new ContractError('conflict', `${missing} is in ${whole} and missing from the order`, { field });
  }
  return [...wanted];
}
