import { type ActivityDays, type ActivityState } from '../../src-contract/activity-store.ts';
import { checkpointBatch } from './checkpoint-table.ts';
import { unpackDayUsers } from './day-users.ts';
import type { Statements } from './statements.ts';
import { UserSums } from './user-sums.ts';

/** Most quarters of an hour that one answer carries. */
const MOST_QUARTERS = 9_000;

/** Users with equally many events whose names are looked up one by one. */
const MOST_NAMED = 2_000;

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
  const sums = new UserSums(numbersOf(sql));
  const days = sql.each<UsersOfDay>(
    'SELECT day, users FROM activity_users_of_day WHERE env = ? AND day >= ? AND day < ?',
    env,
    fromDay,
    toDay,
  );
  for (const { users } of days) sums.add(unpackDayUsers(users));
  const least = sums.least(limit);
  const more = sums.from(least).filter(([, events]) => events > least);
  const equal = sums.from(least).filter(([, events]) => events === least);
  const named = more.map(([id, events]) => ({ user: nameOf(sql, id), events }));
  const rest = firstByName(sql, env, new Set(equal.map(([id]) => id)), limit - more.length);
  named.sort((a, b) => b.events - a.events || byCode(a.user, b.user));
  return [...named, ...rest.map((user) => ({ user, events: least }))].slice(0, limit);
}

/** The lowest and the highest number of a user. */
function numbersOf(sql: Statements): { first: number; last: number } {
  // Two selections, because then the index answers each without reading what lies between.
  const numbers = sql.row<{ first: number | null; last: number | null }>(
    'SELECT (SELECT min(id) FROM activity_user) AS first, (SELECT max(id) FROM activity_user) AS last',
  );
  return { first: numbers?.first ?? 0, last: numbers?.last ?? -1 };
}

/** The first of these users by name. */
function firstByName(sql: Statements, env: number, ids: ReadonlySet<number>, limit: number): string[] {
  if (ids.size <= MOST_NAMED)
    return [...ids]
      .map((id) => nameOf(sql, id))
      .sort(byCode)
      .slice(0, limit);
  const names: string[] = [];
  // Of so many users with equally many events the first by name are found soon on the way through all names.
  const all = sql.each<{ id: number; name: string }>(
    'SELECT id, name FROM activity_user WHERE env = ? ORDER BY name',
    env,
  );
  for (const { id, name } of all) {
    if (names.length >= limit) break;
    if (ids.has(id)) names.push(name);
  }
  return names;
}

/** In the order of SQLite, which is that of UTF-8. */
function byCode(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function usersByDay(sql: Statements, env: number, fromDay: number): ActivityState['users'] {
  const days = sql.rows<UsersOfDay>(
    'SELECT day, users FROM activity_users_of_day WHERE env = ? AND day >= ? ORDER BY day',
    env,
    fromDay,
  );
  return days.map(({ day, users }) => ({
    day,
    names: Array.from(unpackDayUsers(users).users, (id) => nameOf(sql, id)),
  }));
}

function nameOf(sql: Statements, id: number): string {
  return sql.row<{ name: string }>('SELECT name FROM activity_user WHERE id = ?', id)?.name ?? '';
}
