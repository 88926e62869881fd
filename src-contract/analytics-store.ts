/** Levels of event rollups, by the number under which they are stored; numbers never change their meaning. */
export const ROLLUP_LEVELS = { '1s': 1, '1m': 2, '15m': 3, '1h': 4, '1d': 5 } as const;
/** Name of a level of rollups. */
export type RollupLevelName = keyof typeof ROLLUP_LEVELS;

/** Length of each level's buckets in milliseconds. */
export const ROLLUP_MS: Readonly<Record<RollupLevelName, number>> = {
  '1s': 1000,
  '1m': 60_000,
  '15m': 15 * 60_000,
  '1h': 3_600_000,
  '1d': 86_400_000,
};

/** The type number under which the level of seconds counts all types together. */
export const ALL_TYPES = 0;
/** The type number of everything beyond the cap on types. */
export const OTHER_TYPES = 1;
/** Named types have numbers from here on. */
export const FIRST_TYPE = 2;

/**
 * What happened to analytics rollups since the checkpoint before, as columns: index i of every column is the same bucket of
 * one type. Seconds count all types together ({@link ALL_TYPES}), longer levels each type. Merging is adding (counts and
 * sums), and taking the extremes. A sum of values is exact: `units` whole ones and `micros` millionths, each rounded to the
 * millionth first (half away from zero), so that neither order nor slicing changes it; writers carry as they like, the sum is
 * units + micros / 1e6, exact as long as it is below 2^53 whole ones. Where `valued` is 0, `min` and `max` are 0 and mean
 * nothing.
 */
export interface AnalyticsRollups {
  count: number;
  /** Number of the level, of ROLLUP_LEVELS. */
  level: Uint8Array;
  /** Start of the bucket, UTC milliseconds. */
  start: Float64Array;
  type: Uint32Array;
  events: Float64Array;
  /** How many of them had a value. */
  valued: Float64Array;
  units: Float64Array;
  micros: Float64Array;
  min: Float64Array;
  max: Float64Array;
}

/** A sketch of the distinct users of one UTC hour: merging takes the larger of each register. */
export interface UserSketch {
  hour: number;
  registers: Uint8Array;
}

/**
 * What the analytics projection remembers of a minute beyond its rollups: types by parts of the minute, and users. Only the
 * projection reads it.
 */
export interface RecentMinute {
  /** Its start, UTC milliseconds. */
  minute: number;
  state: Uint8Array;
}

/** What the analytics projection writes in one transaction, with the batch up to which it has seen the journal. */
export interface AnalyticsCheckpoint {
  env: string;
  batch: number;
  rollups: AnalyticsRollups;
  /** Types that got their number since. */
  types: { type: number; name: string }[];
  /** Sketches of hours that changed, whole: they replace the stored ones. */
  users: UserSketch[];
  /** Registers of the sketch of all users ever, whole; null: unchanged. */
  everUsers: Uint8Array | null;
  /** State of the sketch of frequent types beyond the cap, whole; null: unchanged. */
  frequent: Uint8Array | null;
  /** Minutes that changed, whole: they replace the stored ones. */
  recent: RecentMinute[];
  /** Stored recent minutes that begin before this are forgotten. */
  recentFrom: number;
}

/** A stored bucket of one type. */
export interface RollupRecord {
  start: number;
  type: number;
  events: number;
  valued: number;
  units: number;
  micros: number;
  min: number;
  max: number;
}

/** How far back the analytics projection starts from stored buckets of each level, in milliseconds. */
export const ANALYTICS_KEPT_MS: Readonly<Record<RollupLevelName, number>> = {
  '1s': 16 * ROLLUP_MS['1m'],
  '1m': 61 * ROLLUP_MS['1m'],
  '15m': 25 * ROLLUP_MS['1h'],
  '1h': 401 * ROLLUP_MS['1h'],
  '1d': 401 * ROLLUP_MS['1d'],
};
/** How far back it starts from hours of each type and from users of hours, in milliseconds. */
export const ANALYTICS_TYPES_KEPT_MS: number = 25 * ROLLUP_MS['1h'];

/** What the analytics projection starts from at a moment; what is older than it keeps is left out. */
export interface AnalyticsState {
  batch: number;
  types: { type: number; name: string }[];
  frequent: Uint8Array | null;
  everUsers: Uint8Array | null;
  /** Start of the first hour with events, UTC milliseconds; null: there is none. */
  first: number | null;
  /** Everything ever counted of each type, from the level of days. */
  ever: Omit<RollupRecord, 'start'>[];
  /** All types together ({@link ALL_TYPES}): buckets of these levels within {@link ANALYTICS_KEPT_MS}. */
  overall: Record<'1s' | '15m' | '1h' | '1d', RollupRecord[]>;
  /** Minutes of each type within {@link ANALYTICS_KEPT_MS}. */
  minutes: RollupRecord[];
  /** Hours of each type within {@link ANALYTICS_TYPES_KEPT_MS}. */
  hours: RollupRecord[];
  /** Of hours within {@link ANALYTICS_TYPES_KEPT_MS}. */
  users: UserSketch[];
  /** All that are stored. */
  recent: RecentMinute[];
}

/** Which rollups a query wants; times are UTC milliseconds, `to` is not included. */
export interface RollupQuery {
  env: string;
  level: RollupLevelName;
  from: number;
  to: number;
  /** Of this type alone; null: all types added up in each bucket. */
  type: number | null;
}
