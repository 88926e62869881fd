import type { Bar } from '../candles/bar.ts';

/** How a list of bars became another: what of it has to be drawn again. */
export type BarsChange =
  | { readonly kind: 'none' }
  /** Only the bars from this index on are new or changed. */
  | { readonly kind: 'tail'; readonly from: number }
  /** Older bars were put before; the rest is as it was, but for its last bar. */
  | { readonly kind: 'earlier' }
  | { readonly kind: 'all' };

/** Compares two ascending lists that share their unchanged bars, in a few steps whatever their length. */
export function barsChange(before: readonly Bar[], after: readonly Bar[]): BarsChange {
  if (before === after) return { kind: 'none' };
  const last = before.length - 1;
  if (last < 1 || after.length < before.length) return { kind: 'all' };
  const sameEnd = after[last]?.at === before[last]?.at && after[last - 1] === before[last - 1];
  if (after[0] === before[0] && sameEnd) return { kind: 'tail', from: last };
  const moved = after.length - before.length;
  if (after[moved] === before[0] && after.at(-2) === before.at(-2)) return { kind: 'earlier' };
  return { kind: 'all' };
}
