import type { Candle } from '../../../../src-contract/ticker.ts';

/** A candle as it is drawn: `at` is the start of its interval in UTC milliseconds, `ticks` how many prices it saw. */
export interface Bar {
  readonly at: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly ticks: number;
  /** The source whose prices it shows. */
  readonly source: string;
}

/** A candle of the contract as a bar. */
export function barOf({ time, open, high, low, close, ticks, source }: Candle): Bar {
  return { at: Date.parse(time), open, high, low, close, ticks, source };
}

/**
 * Puts newer knowledge over what is known: bars of the same moment are replaced, others are added in order. Both ascend.
 * Answers `known` itself when nothing changed, and keeps the bars before the first of `newer` as they are.
 */
export function overlaid(known: readonly Bar[], newer: readonly Bar[]): readonly Bar[] {
  const first = newer[0];
  if (first === undefined) return known;
  let start = known.length;
  while (start > 0 && (known[start - 1]?.at ?? -Infinity) >= first.at) start--;
  const moments = new Map(known.slice(start).map((bar) => [bar.at, bar]));
  let changed = false;
  for (const bar of newer) {
    const before = moments.get(bar.at);
    if (before !== undefined && sameBar(before, bar)) continue;
    moments.set(bar.at, bar);
    changed = true;
  }
  if (!changed) return known;
  return [...known.slice(0, start), ...[...moments.values()].sort((a, b) => a.at - b.at)];
}

function sameBar(a: Bar, b: Bar): boolean {
  return (
    a.close === b.close &&
    a.ticks === b.ticks &&
    a.high === b.high &&
    a.low === b.low &&
    a.open === b.open &&
    a.source === b.source
  );
}
