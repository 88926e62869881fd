import { ANALYTICS_TYPES_KEPT_MS, ROLLUP_LEVELS, ROLLUP_MS } from '../../src-contract/analytics-store.ts';
import { inTransaction } from './database.ts';
import type { RollupLimits } from './port.ts';
import { countRollups } from './rollup-writes.ts';
import type { Statements } from './statements.ts';

/** A slice is over after this time, so that commits do not wait longer. */
const SLICE_MS = 20;

/** Rows of one transaction. */
const ROWS_PER_STEP = 500;

/** Users of days are kept for so long at most, whatever the limits say: who did what need not be kept for good. */
export const USERS_KEPT_MS: number = 400 * ROLLUP_MS['1d'];

/** What a row of the rollups takes in the file, roughly. */
const ROW_BYTES = 60;

type Step = (sql: Statements, maxRows: number) => number;

/**
 * Deletes rollups past their level's limit, slice by slice, the oldest first; users of days after 400 days, and sketches
 * that the projection no longer starts from.
 */
export class RollupRetention {
  readonly #sql: Statements;
  readonly #monotonic: () => number;

  /** @param monotonic milliseconds that never go back */
  constructor(sql: Statements, monotonic: () => number) {
    this.#sql = sql;
    this.#monotonic = monotonic;
  }

  /** One slice: at most `maxRows` rows and about 20 ms. Answers how many rows went; 0 when nothing is due. */
  retain(limits: readonly RollupLimits[], now: number, maxRows: number): number {
    const until = this.#monotonic() + SLICE_MS;
    let gone = 0;
    for (const step of stepsOf(limits, now)) {
      for (;;) {
        if (gone >= maxRows || this.#monotonic() >= until) return gone;
        const rows = Math.min(ROWS_PER_STEP, maxRows - gone);
        const went = inTransaction(this.#sql.db, () => step(this.#sql, rows));
        if (went === 0) break;
        gone += went;
      }
    }
    return gone;
  }
}

/** About how many bytes of the file the rollups of events take. Counts no rows. */
export function rollupBytes(sql: Statements): number {
  return (sql.row<{ rows: number }>('SELECT sum(rows) AS rows FROM rollup_level')?.rows ?? 0) * ROW_BYTES;
}

function stepsOf(limits: readonly RollupLimits[], now: number): Step[] {
  const users = limits.find(({ level }) => level === '1d')?.maxAgeMs ?? Infinity;
  return [
    ...limits.flatMap(({ level, maxAgeMs }) => {
      const before = now - maxAgeMs - ROLLUP_MS[level];
      const buckets = (['event_by_type', 'event_total'] as const).map((table) =>
        bucketsBefore(table, ROLLUP_LEVELS[level], before),
      );
      return level === '15m' ? [...buckets, deletion('activity_quarter', 'start', before)] : buckets;
    }),
    ...usersBefore(now - Math.min(users, USERS_KEPT_MS) - ROLLUP_MS['1d']),
    deletion('event_users', 'hour', now - ANALYTICS_TYPES_KEPT_MS - ROLLUP_MS['1h']),
  ];
}

/** Buckets that ended longer ago than their limit. */
function bucketsBefore(table: 'event_by_type' | 'event_total', level: number, before: number): Step {
  return (sql, maxRows) => {
    const key = table === 'event_by_type' ? 'env, level, start, type' : 'env, level, start';
    const gone = sql.run(
      `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key
        .split(', ')
        .map((column) => `t.${column}`)
        .join(
          ', ',
        )} FROM environment e JOIN ${table} t ON t.env = e.id AND t.level = ? AND t.start <= ? LIMIT ?)`,
      level,
      before,
      maxRows,
    );
    countRollups(sql, level, -gone);
    return gone;
  };
}

function deletion(
  table: 'activity_quarter' | 'activity_users_of_day' | 'event_users',
  time: string,
  before: number,
): Step {
  return (sql, maxRows) =>
    sql.run(
      `DELETE FROM ${table} WHERE (env, ${time}) IN
        (SELECT t.env, t.${time} FROM environment e JOIN ${table} t ON t.env = e.id AND t.${time} <= ? LIMIT ?)`,
      before,
      maxRows,
    );
}

/** First the days, then who was active on none that is left. */
function usersBefore(before: number): Step[] {
  const names: Step = (sql, maxRows) =>
    sql.run(
      'DELETE FROM activity_user WHERE id IN (SELECT id FROM activity_user WHERE last_day <= ? LIMIT ?)',
      before,
      maxRows,
    );
  return [deletion('activity_users_of_day', 'day', before), names];
}
