import type { Bar } from './bar.ts';

/** What stands at a place of the time axis: a bar, or a blank that shows a gap. */
export type Place = Bar | { readonly at: number; readonly open: null };

/** A gap takes at most as many places, however long it was; the labels of the axis tell its length. */
const MAX_BLANKS = 20;
/** Bars further apart than this many times their usual distance have a gap between them. */
const GAP_FACTOR = 5;

/**
 * Lays bars out on the axis: one place each, and blanks where prices were missing for much longer than usual. Places are in
 * order of time but not in proportion to it: nights and outages do not push the bars apart.
 * @param interval length of a bar in milliseconds.
 */
export function placeBars(bars: readonly Bar[], interval: number): Place[] {
  const step = usualDistance(bars, interval);
  return bars.flatMap((bar, index): Place[] => {
    const next = bars[index + 1];
    if (next === undefined || next.at - bar.at <= GAP_FACTOR * step) return [bar];
    const missing = Math.ceil((next.at - bar.at) / step) - 1;
    const blanks = Math.min(MAX_BLANKS, missing);
    // Each at a time of its own between the two, on the grid of whole seconds that the axis has.
    const distance = Math.floor((next.at - bar.at) / (blanks + 1) / 1000) * 1000;
    return [
      bar,
      ...Array.from({ length: blanks }, (_, blank) => ({ at: bar.at + (blank + 1) * distance, open: null })),
    ];
  });
}

/** The stretches without prices, as the summary in words counts them. */
export function gapsOf(bars: readonly Bar[], interval: number): { from: number; to: number }[] {
  const step = usualDistance(bars, interval);
  return bars.flatMap((bar, index) => {
    const next = bars[index + 1];
    return next !== undefined && next.at - bar.at > GAP_FACTOR * step
      ? [{ from: bar.at + interval, to: next.at }]
      : [];
  });
}

/** The median distance of neighbours, which is the interval unless prices come more rarely than that. */
function usualDistance(bars: readonly Bar[], interval: number): number {
  const distances = bars.slice(1).map((bar, index) => bar.at - (bars[index]?.at ?? bar.at));
  distances.sort((a, b) => a - b);
  return Math.max(interval, distances[Math.floor(distances.length / 2)] ?? interval);
}
