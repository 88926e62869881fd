import type { AnalyticsWindow, SeriesPoint as Bucket } from '../../../src-contract/analytics.ts';
import type { SeriesPoint } from '../../ui/charts/gaps.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long a bucket is, in milliseconds, while fewer than two of a series are there to tell it. */
const USUAL_STEP: Record<AnalyticsWindow, number> = {
  '1m': SECOND,
  '5m': 5 * SECOND,
  '15m': 15 * SECOND,
  '1h': MINUTE,
  '24h': 15 * MINUTE,
  start: HOUR,
};
/** A bucket this short that is still filling is not drawn: the line would always end in a fall. Longer ones are waited for. */
const BRIEF = 15 * SECOND;
/** No series is drawn with more buckets. */
const MOST = 2000;

/** A series as it is drawn; both ascending in time. */
export interface DrawnSeries {
  /** Length of a bucket in milliseconds. */
  step: number;
  /** One point a bucket, those without an event at 0. */
  counts: readonly SeriesPoint[];
  /** Only of buckets in which an event had a value. */
  averages: readonly SeriesPoint[];
}

/** The smallest distance of two neighbours: what the buckets are multiples of. */
function stepOf(times: readonly number[], window: AnalyticsWindow): number {
  const distances = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const smallest = Math.min(...distances, Infinity);
  return Number.isFinite(smallest) ? smallest : USUAL_STEP[window];
}

/** Starts of all buckets of the window that lie a whole number of steps from the first known one; the newest of too many. */
function timesOf(first: number, end: number, step: number, from: number | null): number[] {
  const before = from === null ? 0 : Math.max(0, Math.floor((first - from) / step));
  const after = Math.floor((end - first) / step);
  const count = Math.min(MOST, before + 1 + after);
  return Array.from({ length: count }, (_, index) => first + (after - count + 1 + index) * step);
}

/**
 * Draws buckets from the first to the last moment of the window, filling in those without an event.
 * @param buckets in any order.
 * @param span where the window begins and ends, UTC milliseconds; the beginning is null when it is that of the first event.
 */
export function seriesPoints(
  buckets: Iterable<Bucket>,
  window: AnalyticsWindow,
  span: { from: number | null; to: number },
): DrawnSeries {
  const known = [...buckets]
    .map(({ at, count, average }) => ({ at: Date.parse(at), count, average }))
    .sort((left, right) => left.at - right.at);
  const step = stepOf(
    known.map(({ at }) => at),
    window,
  );
  const byTime = new Map(known.map(({ at, count }) => [at, count]));
  const first = known[0]?.at;
  const end = Math.max(span.to, known.at(-1)?.at ?? 0);
  const times = first === undefined ? [] : timesOf(first, end, step, span.from);
  const isFilling = (at: number): boolean => step <= BRIEF && times.length > 1 && at + step > end;
  const counts = times.flatMap((at) => (isFilling(at) ? [] : [{ at, value: byTime.get(at) ?? 0 }]));
  const averages = known.flatMap(({ at, average }) =>
    average === null || isFilling(at) ? [] : [{ at, value: average }],
  );
  return { step, counts, averages };
}
