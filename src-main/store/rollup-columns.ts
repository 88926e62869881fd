import { ALL_TYPES, type AnalyticsRollups, type RollupRecord } from '../../src-contract/analytics-store.ts';
import type { Value } from './statements.ts';
import { carried, type StoredSum, uncarried } from './rollup-sum.ts';

/** A bucket of one type, or of all, as the tables of rollups keep it. */
export interface RollupRow extends StoredSum {
  start: number;
  type: number;
  events: number;
  valued: number;
  low: number;
  high: number;
}

/** Columns of {@link RollupRow} that are read as they stand. */
export const FIGURES = 'events, valued, trillions, units, micros, low, high';

/** The same columns added up over rows; null becomes 0 where nothing had a value. */
export const SUMMED_FIGURES = `sum(events) AS events, sum(valued) AS valued, sum(trillions) AS trillions,
  sum(units) AS units, sum(micros) AS micros, coalesce(min(iif(valued > 0, low, NULL)), 0) AS low,
  coalesce(max(iif(valued > 0, high, NULL)), 0) AS high`;

/** A stored bucket in the words of the contract. */
export function toRecord({ start, type, events, valued, low, high, ...sum }: RollupRow): RollupRecord {
  return { start, type, events, valued, ...uncarried(sum), min: low, max: high };
}

/** A bucket of a checkpoint, with the number of its level. */
export interface LeveledRollup extends RollupRecord {
  level: number;
}

/** The bucket at an index of a checkpoint's columns. */
export function rollupAt(rollups: AnalyticsRollups, index: number): LeveledRollup {
  const at = (column: ArrayLike<number>): number => column[index] ?? 0;
  return {
    level: at(rollups.level),
    start: at(rollups.start),
    type: at(rollups.type),
    events: at(rollups.events),
    valued: at(rollups.valued),
    units: at(rollups.units),
    micros: at(rollups.micros),
    min: at(rollups.min),
    max: at(rollups.max),
  };
}

/** Puts the figures of a bucket at the end of a statement's parameters, in the order of {@link FIGURES}. */
export function pushFigures(
  values: Value[],
  { events, valued, units, micros, min, max }: LeveledRollup,
): void {
  const sum = carried(units, micros);
  values.push(events, valued, sum.trillions, sum.units, sum.micros, min, max);
}

/** Adds buckets of one moment and level up to one of all types. */
export function addedUp(sum: LeveledRollup | undefined, more: LeveledRollup): LeveledRollup {
  if (sum === undefined) return { ...more, type: ALL_TYPES };
  // Carried before adding: sums of many types may be larger than any of them.
  const carry = carried(sum.units + more.units, sum.micros + more.micros);
  return {
    ...sum,
    events: sum.events + more.events,
    valued: sum.valued + more.valued,
    ...uncarried(carry),
    ...extremes(sum, more),
  };
}

function extremes(a: LeveledRollup, b: LeveledRollup): { min: number; max: number } {
  if (b.valued === 0) return { min: a.min, max: a.max };
  if (a.valued === 0) return { min: b.min, max: b.max };
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}
