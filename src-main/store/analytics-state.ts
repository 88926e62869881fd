import {
  ANALYTICS_KEPT_MS,
  ANALYTICS_TYPES_KEPT_MS,
  type AnalyticsState,
  ROLLUP_LEVELS,
  type RollupRecord,
  type RollupLevelName,
  type RecentMinute,
  type UserSketch,
} from '../../src-contract/analytics-store.ts';
import { checkpointBatch } from './checkpoint-table.ts';
import { type RollupRow, SUMMED_FIGURES, toRecord } from './rollup-columns.ts';
import { readRollups, readTypesSince } from './rollup-reads.ts';
import type { Statements } from './statements.ts';

/** What the analytics projection of an environment starts from at a time; of one that nothing was stored in: nothing. */
export function readAnalyticsState(sql: Statements, env: number | undefined, now: number): AnalyticsState {
  // No environment has the number 0: it reads as one without any rows.
  const of = env ?? 0;
  const overall = (level: RollupLevelName): RollupRecord[] => overallSince(sql, of, level, now);
  return {
    batch: checkpointBatch(sql, of, 'analytics'),
    types: sql.rows('SELECT type, name FROM event_type WHERE env = ? ORDER BY type', of),
    ...readSketches(sql, of),
    first: firstHour(sql, of),
    ever: everOfTypes(sql, of),
    overall: { '1s': overall('1s'), '15m': overall('15m'), '1h': overall('1h'), '1d': overall('1d') },
    minutes: readTypesSince(sql, of, '1m', now - ANALYTICS_KEPT_MS['1m']),
    hours: readTypesSince(sql, of, '1h', now - ANALYTICS_TYPES_KEPT_MS),
    users: sql.rows<UserSketch>(
      'SELECT hour, registers FROM event_users WHERE env = ? AND hour >= ? ORDER BY hour',
      of,
      now - ANALYTICS_TYPES_KEPT_MS,
    ),
    recent: sql.rows<RecentMinute>(
      'SELECT minute, state FROM event_recent WHERE env = ? ORDER BY minute',
      of,
    ),
  };
}

function overallSince(sql: Statements, env: number, level: RollupLevelName, now: number): RollupRecord[] {
  const query = { level, from: now - ANALYTICS_KEPT_MS[level], to: Number.MAX_SAFE_INTEGER, type: null };
  return readRollups(sql, env, query, Number.MAX_SAFE_INTEGER);
}

function readSketches(sql: Statements, env: number): Pick<AnalyticsState, 'everUsers' | 'frequent'> {
  const row = sql.row<{ users: Uint8Array | null; frequent: Uint8Array | null }>(
    'SELECT users, frequent FROM event_sketch WHERE env = ?',
    env,
  );
  return { everUsers: row?.users ?? null, frequent: row?.frequent ?? null };
}

function firstHour(sql: Statements, env: number): number | null {
  const row = sql.row<{ first: number | null }>(
    'SELECT min(start) AS first FROM event_total WHERE env = ? AND level = ?',
    env,
    ROLLUP_LEVELS['1h'],
  );
  return row?.first ?? null;
}

function everOfTypes(sql: Statements, env: number): AnalyticsState['ever'] {
  const summed = sql.rows<RollupRow>(
    `SELECT 0 AS start, type, ${SUMMED_FIGURES} FROM event_by_type WHERE env = ? AND level = ? GROUP BY type ORDER BY type`,
    env,
    ROLLUP_LEVELS['1d'],
  );
  return summed.map((row) => {
    const { start: _start, ...rest } = toRecord(row);
    return rest;
  });
}
