import type { ActivitySummary } from '../../src-contract/activity.ts';

const DAY_MS = 86_400_000;

/** A UTC day with its activity by type; one without any has a total of 0. */
export interface PeriodDay {
  /** Such as 2026-01-31. */
  date: string;
  total: number;
  byType: ReadonlyMap<string, number>;
}

/** The UTC day of a moment, in UTC milliseconds, as the summary writes it. */
export function utcDate(at: number): string {
  return new Date(at).toISOString().slice(0, 'yyyy-mm-dd'.length);
}

/** Every day of a period of a summary, oldest first, those without activity too; the last is the day it was made. */
export function daysOfPeriod(
  { as_of, days }: Pick<ActivitySummary, 'as_of' | 'days'>,
  count: number,
): PeriodDay[] {
  const known = new Map(days.map((day) => [day.date, day]));
  const today = Date.parse(as_of);
  return Array.from({ length: count }, (_, index) => {
    const date = utcDate(today - (count - 1 - index) * DAY_MS);
    const day = known.get(date);
    return { date, total: day?.total ?? 0, byType: new Map(Object.entries(day?.by_type ?? {})) };
  });
}

/** How much there was of each type in all of the days, the most frequent first; equal ones by name. */
export function typesOf(days: readonly PeriodDay[]): { type: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { byType } of days) {
    for (const [type, count] of byType) counts.set(type, (counts.get(type) ?? 0) + count);
  }
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((left, right) => right.count - left.count || (left.type < right.type ? -1 : 1));
}

/** How much there was in all of the days. */
export function totalOf(days: readonly PeriodDay[]): number {
  return days.reduce((sum, { total }) => sum + total, 0);
}
