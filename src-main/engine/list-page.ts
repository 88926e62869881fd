import type { Page } from '../../src-contract/paging.ts';

/** A page of a list that is in the order of its keys. `cursor` is the key that the page before ended with. */
export function listPage<T>(
  sorted: readonly T[],
  keyOf: (item: T) => string,
  limit: number,
  cursor = '',
): Page<T> {
  const rest = sorted.filter((item) => keyOf(item) > cursor);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next_cursor: rest.length > limit && last !== undefined ? keyOf(last) : null };
}
