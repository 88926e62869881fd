import { type ActivityDays, type ActivityState } from '../../src-contract/activity-store.ts';
import { checkpointBatch } from './checkpoint-table.ts';
import { addDayUsers, type DayUsers } from './day-users.ts';
import type { Statements } from './statements.ts';

/** Most quarters of an hour that one answer carries. */
const MOST_QUARTERS = 9_000;

/** What the activity projection of an environment starts from; users of days since `usersFromDay`. */
export function readActivityState(
  sql: Statements,
  env: number | undefined,
  usersFromDay: number,
): ActivityState {
  // No environment has the number 0: it reads as one without any rows.
  const of = env ?? 0;
  const types = sql.rows<{ type: string; events: number }>(
    'SELECT type, sum(events) AS events FROM activity_day WHERE env = ? GROUP BY type ORDER BY type',
    of,
  );
  const state = sql.row<{ newestAt: number | null }>(
    'SELECT newest_at AS newestAt FROM activity_state WHERE env = ?',
    of,
  );
  return {
    batch: checkpointBatch(sql, of, 'activity'),
    types: types.map(({ type }) => type),
    users: usersByDay(sql, of, usersFromDay),
    total: types.reduce((sum, { events }) => sum + events, 0),
    newestAt: state?.newestAt ?? null,
  };
}

/** Activity of UTC days from `fromDay` until `toDay`, which is not included, and the most active users, by name where equal. */
export function readActivityDays(
  sql: Statements,
  env: number,
  period: { fromDay: number; toDay: number },
  users: number,
): ActivityDays {
  const { fromDay, toDay } = period;
  return {
    days: sql.rows<ActivityDays['days'][number]>(
      'SELECT day, type, events FROM activity_day WHERE env = ? AND day >= ? AND day < ? ORDER BY day, type',
      env,
      fromDay,
      toDay,
    ),
    users: mostActive(sql, env, period, users),
  };
}

/** Quarters of an hour with activity, oldest first. */
export function readActivityQuarters(
  sql: Statements,
  env: number,
  from: number,
  to: number,
): { start: number; events: number }[] {
  return sql.rows<{ start: number; events: number }>(
    `SELECT start, sum(events) AS events FROM activity_quarter WHERE env = ? AND start >= ? AND start < ?
      GROUP BY start ORDER BY start LIMIT ${MOST_QUARTERS}`,
    env,
    from,
    to,
  );
}

interface UsersOfDay {
  day: number;
  users: Uint8Array;
}

function mostActive(
  sql: Statements,
  env: number,
  { fromDay, toDay }: { fromDay: number; toDay: number },
  limit: number,
): ActivityDays['users'] {
  const sums: DayUsers = new Map();
  const days = sql.each<UsersOfDay>(
    'SELECT day, users FROM activity_users_of_day WHERE env = ? AND day >= ? AND day < ?',
    env,
    fromDay,
    toDay,
  );
  for (const { users } of days) addDayUsers(sums, users);
  const least = leastOf(sums, limit);
  // All that are equal to the last one are named, because the name decides between them.
  return [...sums]
    .filter(([, events]) => events >= least)
    .map(([id, events]) => ({ user: nameOf(sql, id), events }))
    .sort((a, b) => b.events - a.events || (a.user < b.user ? -1 : 1))
    .slice(0, limit);
}

/** The events of the last of the `limit` most active users. */
function leastOf(sums: DayUsers, limit: number): number {
  const counts = Float64Array.from(sums.values()).sort();
  return counts[Math.max(0, counts.length - limit)] ?? 0;
}

function usersByDay(sql: Statements, env: number, fromDay: number): ActivityState['users'] {
  const days = sql.rows<UsersOfDay>(
    'SELECT day, users FROM activity_users_of_day WHERE env = ? AND day >= ? ORDER BY day',
    env,
    fromDay,
  );
  return days.map(({ day, users }) => {
    const sums: DayUsers = new Map();
    addDayUsers(sums, users);
    return { day, names: [...sums.keys()].map((id) => nameOf(sql, id)) };
  });
}

function nameOf(sql: Statements, id: number): string {
  return sql.row<{ name: string }>('SELECT name FROM activity_user WHERE id = ?', id)?.name ?? '';
}
