import type { ActivityQuarters } from '../../../src-contract/activity.ts';
import { zoneOffset } from '../../ui/charts/zone-offset.ts';

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** 1 January 1970 was a Thursday; weeks begin with Monday. */
const FIRST_WEEKDAY = 3;

/** Days of the week, in the order of the rows. */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** The whole weeks in a number of days, so that every weekday counts as often as the others. */
export function weeksOf(days: number): number {
  return Math.max(1, Math.floor(days / 7));
}

/** The clock of a time zone, in milliseconds as if it were UTC; asks the zone only twice per day without a change of clocks. */
function clockOf(zone: string | undefined): (at: number) => number {
  const offsets = new Map<number, number>();
  const offsetAt = (at: number): number => {
    const known = offsets.get(at);
    if (known !== undefined) return known;
    const offset = zoneOffset(at, zone);
    offsets.set(at, offset);
    return offset;
  };
  return (at) => {
    const midnight = Math.floor(at / DAY_MS) * DAY_MS;
    const offset = offsetAt(midnight);
    return at + (offset === offsetAt(midnight + DAY_MS) ? offset : offsetAt(at));
  };
}

/**
 * Activity by weekday and hour of a time zone: 7 rows of 24, Monday and midnight first, over the weeks that end with the
 * quarter of `now`. What is before them in the answer is left out.
 * @param now UTC milliseconds.
 */
export function hoursOfWeek(
  items: ActivityQuarters['items'],
  { now, weeks, zone }: { now: number; weeks: number; zone: string | undefined },
): number[][] {
  const counts = WEEKDAYS.map(() => Array.from({ length: 24 }, () => 0));
  const clock = clockOf(zone);
  const end = (Math.floor(now / QUARTER_MS) + 1) * QUARTER_MS;
  for (const { at, count } of items) {
    const start = Date.parse(at);
    if (start < end - weeks * WEEK_MS || start >= end) continue;
    const local = clock(start);
    const hours = counts[(Math.floor(local / DAY_MS) + FIRST_WEEKDAY) % 7];
    const hour = Math.floor((local % DAY_MS) / HOUR_MS);
    if (hours !== undefined) hours[hour] = (hours[hour] ?? 0) + count;
  }
  return counts;
}

/** An hour as people write it: `14–15`. */
export function hourName(hour: number): string {
  return `${String(hour).padStart(2, '0')}–${String(hour + 1).padStart(2, '0')}`;
}

/** The hour of the week with the most activity; null when there was none. */
export function busiestHour(
  counts: readonly (readonly number[])[],
): { row: number; column: number; count: number } | null {
  let most: { row: number; column: number; count: number } | null = null;
  counts.forEach((hours, row) => {
    hours.forEach((count, column) => {
      if (count > (most?.count ?? 0)) most = { row, column, count };
    });
  });
  return most;
}
