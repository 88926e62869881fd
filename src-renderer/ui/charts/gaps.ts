/** A value at a moment in UTC milliseconds. */
export interface SeriesPoint {
  at: number;
  value: number;
}

/** What a chart draws at a moment: a value, joined to the next or not, or a blank that only takes its place. */
export type ChartItem = (SeriesPoint & { beforeGap: boolean }) | { at: number; value: null };

/** How a series is spaced, in milliseconds. */
export interface Spacing {
  /** Usual distance of two points. */
  step: number;
  /** Points further apart than this are not joined. */
  gapAfter: number;
}

/** A gap takes at most as many blanks; a longer one is drawn shorter than it was, which its time labels show. */
const MAX_BLANKS = 1500;

function blanksBetween(from: number, to: number, step: number): ChartItem[] {
  const count = Math.min(MAX_BLANKS, Math.ceil((to - from) / step) - 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({
    at: from + (index + 1) * step,
    value: null,
  }));
}

/** Points with blanks for every step that is missing, so that distance stays time, and a mark where the line must break. */
export function withGaps(points: readonly SeriesPoint[], spacing: Spacing): ChartItem[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    if (next === undefined) return [{ ...point, beforeGap: false }];
    const beforeGap = next.at - point.at > spacing.gapAfter;
    return [{ ...point, beforeGap }, ...blanksBetween(point.at, next.at, spacing.step)];
  });
}

/** How many gaps there are: what the summary in words says. */
export function gapCount(points: readonly SeriesPoint[], spacing: Spacing): number {
  return withGaps(points, spacing).filter((item) => item.value !== null && item.beforeGap).length;
}

/** Whether `after` is `before` with its last point changed, or with points that follow it step by step. */
export function continues(
  before: readonly SeriesPoint[],
  after: readonly SeriesPoint[],
  spacing: Spacing,
): boolean {
  const last = before.length - 1;
  if (last < 1 || after.length < before.length || after[0] !== before[0]) return false;
  if (after[last - 1] !== before[last - 1] || after[last]?.at !== before[last]?.at) return false;
  return after.slice(last).every((point, index, tail) => {
    const previous = tail[index - 1];
    return previous === undefined || point.at - previous.at <= spacing.step;
  });
}
