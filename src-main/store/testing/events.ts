import type { ActivityCheckpoint } from '../../../src-contract/activity-store.ts';
import {
  ALL_TYPES,
  type AnalyticsCheckpoint,
  type AnalyticsRollups,
  FIRST_TYPE,
  ROLLUP_LEVELS,
  type RollupLevelName,
  type RollupRecord,
} from '../../../src-contract/analytics-store.ts';

/** A bucket of a checkpoint under construction; what a test does not care about is one event without a value. */
export interface TestRollup extends Partial<RollupRecord> {
  level?: RollupLevelName;
}

/** Columns out of rows. */
export function rollupColumns(rows: readonly TestRollup[]): AnalyticsRollups {
  const column = (name: keyof RollupRecord, otherwise: number): Float64Array =>
    Float64Array.from(rows, (row) => row[name] ?? otherwise);
  return {
    count: rows.length,
    level: Uint8Array.from(rows, ({ level = '1m' }) => ROLLUP_LEVELS[level]),
    start: column('start', 0),
    type: Uint32Array.from(rows, ({ type, level }) => type ?? (level === '1s' ? ALL_TYPES : FIRST_TYPE)),
    events: column('events', 1),
    valued: column('valued', 0),
    units: column('units', 0),
    micros: column('micros', 0),
    min: column('min', 0),
    max: column('max', 0),
  };
}

/** A checkpoint of analytics that changes nothing but what is given. */
export function makeAnalyticsCheckpoint(
  env: string,
  batch: number,
  rows: readonly TestRollup[] = [],
  changes: Partial<AnalyticsCheckpoint> = {},
): AnalyticsCheckpoint {
  return {
    env,
    batch,
    rollups: rollupColumns(rows),
    types: [],
    users: [],
    everUsers: null,
    frequent: null,
    recent: [],
    recentFrom: 0,
    ...changes,
  };
}

/** A checkpoint of activity that changes nothing but what is given. */
export function makeActivityCheckpoint(
  env: string,
  batch: number,
  changes: Partial<ActivityCheckpoint> = {},
): ActivityCheckpoint {
  return { env, batch, quarters: [], users: [], newestAt: null, ...changes };
}
