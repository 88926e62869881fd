import type { ActivityCheckpoint } from '../../src-contract/activity-store.ts';
import { ROLLUP_MS } from '../../src-contract/analytics-store.ts';
import { moveCheckpoint } from './checkpoint-table.ts';
import { mergeDayUsers, packDayUsers, unpackDayUsers } from './day-users.ts';
import { environmentId } from './environment-table.ts';
import { StoreFailure } from './store-failure.ts';
import type { Statements } from './statements.ts';

/** What a quarter and a user write, roughly. */
const QUARTER_BYTES = 80;
const USER_BYTES = 40;

/** Users' numbers fill 32 bits in the blobs of days. */
const MOST_USERS = 2 ** 32 - 1;

/**
 * Merges activity into the stored counts, and stores how far the projection has read. Answers about how many bytes
 * that wrote. Called inside a transaction. Throws a RangeError for a checkpoint that lies before the stored one.
 */
export function writeActivityCheckpoint(sql: Statements, checkpoint: ActivityCheckpoint): number {
  const env = environmentId(sql, checkpoint.env);
  moveCheckpoint(sql, env, 'activity', checkpoint.batch);
  for (const { start, type, events } of checkpoint.quarters) addToQuarter(sql, env, start, type, events);
  let bytes = checkpoint.quarters.length * QUARTER_BYTES + checkpoint.users.length * USER_BYTES;
  for (const [day, users] of byDay(checkpoint.users)) bytes += addToDay(sql, env, day, users);
  sql.run(
    'INSERT INTO activity_state (env, newest_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET newest_at = excluded.newest_at',
    env,
    checkpoint.newestAt,
  );
  return bytes;
}

/** Days are kept beside the quarters that they are made of: a year of days is read at once. */
function addToQuarter(sql: Statements, env: number, start: number, type: string, events: number): void {
  sql.run(
    `INSERT INTO activity_quarter (env, start, type, events) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET events = events + excluded.events`,
    env,
    start,
    type,
    events,
  );
  sql.run(
    `INSERT INTO activity_day (env, day, type, events) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET events = events + excluded.events`,
    env,
    Math.floor(start / ROLLUP_MS['1d']) * ROLLUP_MS['1d'],
    type,
    events,
  );
}

function byDay(users: ActivityCheckpoint['users']): Map<number, ActivityCheckpoint['users']> {
  const days = new Map<number, ActivityCheckpoint['users']>();
  for (const entry of users) {
    const day = days.get(entry.day);
    if (day === undefined) days.set(entry.day, [entry]);
    else day.push(entry);
  }
  return days;
}

/** Answers the bytes of the day. */
function addToDay(sql: Statements, env: number, day: number, users: ActivityCheckpoint['users']): number {
  const stored = sql.row<{ users: Uint8Array }>(
    'SELECT users FROM activity_users_of_day WHERE env = ? AND day = ?',
    env,
    day,
  );
  const added = new Map<number, number>();
  for (const { user, events } of users) {
    const id = userId(sql, env, user, day);
    added.set(id, (added.get(id) ?? 0) + events);
  }
  const merged = packDayUsers(mergeDayUsers(unpackDayUsers(stored?.users ?? new Uint8Array(0)), added));
  sql.run(
    `INSERT INTO activity_users_of_day (env, day, users) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET users = excluded.users`,
    env,
    day,
    merged,
  );
  return merged.byteLength;
}

/** The number of a user, who is added when new, and stays for as long as this day does. */
function userId(sql: Statements, env: number, name: string, day: number): number {
  const known = sql.row<{ id: number; lastDay: number }>(
    'SELECT id, last_day AS lastDay FROM activity_user WHERE env = ? AND name = ?',
    env,
    name,
  );
  if (known === undefined) return addUser(sql, env, name, day);
  if (known.lastDay < day) sql.run('UPDATE activity_user SET last_day = ? WHERE id = ?', day, known.id);
  return known.id;
}

function addUser(sql: Statements, env: number, name: string, day: number): number {
  const statement = sql.prepared('INSERT INTO activity_user (env, name, last_day) VALUES (?, ?, ?)');
  const id = Number(statement.run(env, name, day).lastInsertRowid);
  if (id > MOST_USERS) {
    throw new StoreFailure(
      'limit',
      `the database numbers at most ${MOST_USERS} users of activity: use a new data folder`,
    );
  }
  return id;
}
