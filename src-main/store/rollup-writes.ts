import { ALL_TYPES, type AnalyticsRollups, ROLLUP_LEVELS } from '../../src-contract/analytics-store.ts';
import { addedUp, type LeveledRollup, pushFigures, rollupAt, FIGURES } from './rollup-columns.ts';
import { ADD_SUM } from './rollup-sum.ts';
import type { Statements, Value } from './statements.ts';

/** Rows of one statement. */
const WIDTH = 20;

const TOTALS = { table: 'event_total', keys: 'env, level, start', width: 10 };
const BY_TYPE = { table: 'event_by_type', keys: 'env, level, start, type', width: 11 };
type Table = typeof TOTALS;

/**
 * Merges buckets into the stored ones, those of types also into the buckets of all types. Called inside a transaction. Throws
 * a RangeError for a level that there is not, for seconds of one type, and for longer buckets of all types: the store makes
 * those.
 */
export function mergeRollups(sql: Statements, env: number, rollups: AnalyticsRollups): void {
  const totals = new Map<string, LeveledRollup>();
  const byType: LeveledRollup[] = [];
  for (let index = 0; index < rollups.count; index += 1) {
    const row = rollupAt(rollups, index);
    assertBelongs(row);
    const key = `${row.level} ${row.start}`;
    totals.set(key, addedUp(totals.get(key), row));
    if (row.type !== ALL_TYPES) byType.push(row);
  }
  mergeInto(sql, env, TOTALS, [...totals.values()]);
  mergeInto(sql, env, BY_TYPE, byType);
}

function assertBelongs({ level, type }: LeveledRollup): void {
  if (!Number.isInteger(level) || level < ROLLUP_LEVELS['1s'] || level > ROLLUP_LEVELS['1d']) {
    throw new RangeError(`rollups have the levels 1 to 5, not ${level}`);
  }
  if ((level === ROLLUP_LEVELS['1s']) !== (type === ALL_TYPES)) {
    throw new RangeError(
      `seconds are of all types (0) and longer buckets of one, but level ${level} came with ${type}`,
    );
  }
}

function mergeInto(sql: Statements, env: number, table: Table, rows: readonly LeveledRollup[]): void {
  const added = new Map<number, number>();
  for (let from = 0; from < rows.length; from += WIDTH) {
    const some = rows.slice(from, from + WIDTH);
    const stored = sql
      .bulk(upsert(table, some.length))
      .pluck()
      .all(parameters(env, table, some)) as number[];
    // A row that answers as many events as it was given had none before: it is new.
    for (const [index, { level, events }] of some.entries()) {
      if (stored[index] === events) added.set(level, (added.get(level) ?? 0) + 1);
    }
  }
  for (const [level, count] of added) countRollups(sql, level, count);
}

/** Adds to, or takes from, the number of a level's rows. */
export function countRollups(sql: Statements, level: number, more: number): void {
  sql.run('UPDATE rollup_level SET rows = rows + ? WHERE level = ?', more, level);
}

function parameters(env: number, table: Table, rows: readonly LeveledRollup[]): Value[] {
  const values: Value[] = [];
  for (const row of rows) {
    values.push(env, row.level, row.start);
    if (table === BY_TYPE) values.push(row.type);
    pushFigures(values, row);
  }
  return values;
}

function upsert({ table, keys, width }: Table, rows: number): string {
  const places = `(${Array(width).fill('?').join(', ')})`;
  return `INSERT INTO ${table} (${keys}, ${FIGURES}) VALUES ${Array(rows).fill(places).join(', ')}
    ON CONFLICT DO UPDATE SET
      low = iif(excluded.valued = 0, low, iif(valued = 0, excluded.low, min(low, excluded.low))),
      high = iif(excluded.valued = 0, high, iif(valued = 0, excluded.high, max(high, excluded.high))),
      events = events + excluded.events,
      valued = valued + excluded.valued,
      ${ADD_SUM}
    RETURNING events`;
}
