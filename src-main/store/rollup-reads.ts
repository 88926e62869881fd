import {
  ALL_TYPES,
  ROLLUP_LEVELS,
  type RollupQuery,
  type RollupRecord,
} from '../../src-contract/analytics-store.ts';
import { FIGURES, type RollupRow, toRecord } from './rollup-columns.ts';
import type { Statements } from './statements.ts';

/** A query whose environment is known by its number. */
type PeriodQuery = Omit<RollupQuery, 'env'>;

/** At most `limit` buckets of a level that have events, the newest of the period, oldest first. */
export function readRollups(sql: Statements, env: number, query: PeriodQuery, limit: number): RollupRecord[] {
  const rows =
    query.type === null ? totals(sql, env, query, limit) : ofType(sql, env, query, query.type, limit);
  return rows.map(toRecord).reverse();
}

/** Every bucket of each type of a level since a moment, oldest first. */
export function readTypesSince(
  sql: Statements,
  env: number,
  level: RollupQuery['level'],
  from: number,
): RollupRecord[] {
  return sql
    .rows<RollupRow>(
      `SELECT start, type, ${FIGURES} FROM event_by_type WHERE env = ? AND level = ? AND start >= ?
        ORDER BY start, type`,
      env,
      ROLLUP_LEVELS[level],
      from,
    )
    .map(toRecord);
}

function totals(sql: Statements, env: number, { level, from, to }: PeriodQuery, limit: number): RollupRow[] {
  return sql.rows<RollupRow>(
    `SELECT start, ${ALL_TYPES} AS type, ${FIGURES} FROM event_total
      WHERE env = ? AND level = ? AND start >= ? AND start < ? ORDER BY start DESC LIMIT ?`,
    env,
    ROLLUP_LEVELS[level],
    from,
    to,
    limit,
  );
}

/** Goes along the buckets that have events, and looks the type up in each: types of a bucket lie together. */
function ofType(
  sql: Statements,
  env: number,
  { level, from, to }: PeriodQuery,
  type: number,
  limit: number,
): RollupRow[] {
  const figures = FIGURES.split(', ').map((column) => `t.${column}`);
  return sql.rows<RollupRow>(
    `SELECT t.start, t.type, ${figures.join(', ')} FROM event_total b CROSS JOIN event_by_type t
        ON t.env = b.env AND t.level = b.level AND t.start = b.start AND t.type = ?
      WHERE b.env = ? AND b.level = ? AND b.start >= ? AND b.start < ? ORDER BY b.start DESC LIMIT ?`,
    type,
    env,
    ROLLUP_LEVELS[level],
    from,
    to,
    limit,
  );
}
