import type { ActivitySummary } from '../../src-contract/activity.ts';

/** A day of activity of some types, for component tests. */
export function fakeActivityDay(
  date: string,
  byType: Record<string, number>,
): ActivitySummary['days'][number] {
  const total = Object.values(byType).reduce((sum, count) => sum + count, 0);
  return { date, total, by_type: byType };
}

/** What is known at 10:00 on 21 November 2026, for component tests; `patch` says what is different. */
export function fakeActivitySummary(
  patch: Partial<ActivitySummary> = {},
): ActivitySummary & { cache: 'HIT' | 'MISS' } {
  return {
    env: 'demo',
    as_of: '2026-11-21T10:00:00.000Z',
    days: [
      fakeActivityDay('2026-11-19', { login: 30 }),
      fakeActivityDay('2026-11-21', { login: 6, export: 4 }),
    ],
    top_users: [
      { user: 'ann', count: 25 },
      { user: 'bob', count: 15 },
    ],
    ...patch,
    cache: 'MISS',
  };
}
