import type { AnalyticsCheckpoint } from '../../src-contract/analytics-store.ts';
import { moveCheckpoint } from './checkpoint-table.ts';
import { environmentId } from './environment-table.ts';
import { mergeRollups } from './rollup-writes.ts';
import type { Statements } from './statements.ts';

/**
 * Merges what happened to analytics into what is stored, and stores how far the projection has read. Called inside a
 * transaction. Throws a RangeError for a checkpoint that lies before the stored one.
 */
export function writeAnalyticsCheckpoint(sql: Statements, checkpoint: AnalyticsCheckpoint): void {
  const env = environmentId(sql, checkpoint.env);
  moveCheckpoint(sql, env, 'analytics', checkpoint.batch);
  for (const { type, name } of checkpoint.types) {
    sql.run('INSERT INTO event_type (env, type, name) VALUES (?, ?, ?)', env, type, name);
  }
  mergeRollups(sql, env, checkpoint.rollups);
  for (const { hour, registers } of checkpoint.users) {
    sql.run(
      'INSERT INTO event_users (env, hour, registers) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET registers = excluded.registers',
      env,
      hour,
      registers,
    );
  }
  writeRecent(sql, env, checkpoint);
  writeSketches(sql, env, checkpoint);
}

function writeRecent(sql: Statements, env: number, { recent, recentFrom }: AnalyticsCheckpoint): void {
  for (const { minute, state } of recent) {
    sql.run(
      'INSERT INTO event_recent (env, minute, state) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state',
      env,
      minute,
      state,
    );
  }
  sql.run('DELETE FROM event_recent WHERE env = ? AND minute < ?', env, recentFrom);
}

function writeSketches(sql: Statements, env: number, { everUsers, frequent }: AnalyticsCheckpoint): void {
  if (everUsers === null && frequent === null) return;
  sql.run(
    `INSERT INTO event_sketch (env, users, frequent) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET
      users = coalesce(excluded.users, users), frequent = coalesce(excluded.frequent, frequent)`,
    env,
    everUsers,
    frequent,
  );
}
