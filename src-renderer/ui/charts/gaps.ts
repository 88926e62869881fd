/** A value at a moment in UTC milliseconds. */
export interface SeriesPoint {
  at: number;
  value: number;
}

/** What a chart draws at a moment: a value, a value with nothing before it, or a blank that only takes its place. */
export type ChartItem = (SeriesPoint & { afterGap: boolean }) | { at: number; value: null };

/** How a series is spaced, in milliseconds. */
export interface Spacing {
  /** Usual distance of two points. */
  step: number;
  /** Points further apart than this are not joined. */
  gapAfter: number;
}

/** A gap takes at most as many blanks; a longer one is drawn shorter than it was, which its time labels show. */
const MAX_BLANKS = 1500;

/** The blanks between two moments. */
export function blanksBetween(from: number, to: number, step: number): ChartItem[] {
  const count = Math.min(MAX_BLANKS, Math.ceil((to - from) / step) - 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({
    at: from + (index + 1) * step,
    value: null,
  }));
}

/** Points with blanks for every step that is missing, so that distance stays time, and a mark where the line must break. */
export function withGaps(points: readonly SeriesPoint[], spacing: Spacing): ChartItem[] {
  const items: ChartItem[] = [];
  let before: SeriesPoint | null = null;
  for (const point of points) {
    if (before !== null) items.push(...blanksBetween(before.at, point.at, spacing.step));
    items.push(itemAfter(before, point, spacing));
    before = point;
  }
  return items;
}

/** A point as an item that knows whether it is joined to the one before. */
export function itemAfter(before: SeriesPoint | null, point: SeriesPoint, spacing: Spacing): ChartItem {
  return { ...point, afterGap: before !== null && point.at - before.at > spacing.gapAfter };
}

/** How many gaps there are: what the summary in words says. */
export function gapCount(points: readonly SeriesPoint[], spacing: Spacing): number {
  return points.filter((point, index) => {
    const before = points[index - 1];
    return before !== undefined && point.at - before.at > spacing.gapAfter;
  }).length;
}
