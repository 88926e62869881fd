import type { AnalyticsWindow } from '../../../src-contract/analytics.ts';
import { ROLLUP_MS } from '../../../src-contract/analytics-store.ts';

/** Length of the shortest buckets of which windows tell types apart, in milliseconds. */
export const SLOT_MS = 5000;
const MINUTE = ROLLUP_MS['1m'];
const HOUR = ROLLUP_MS['1h'];

/** A window that ends: its length, and that of the buckets it is made of, in milliseconds. */
export interface WindowSpan {
  length: number;
  bucket: number;
}

/** The windows that end. Up to 5 minutes they are made of slots of 5 s, then of minutes, a day of hours. */
export const WINDOW_SPANS: Readonly<Record<Exclude<AnalyticsWindow, 'start'>, WindowSpan>> = {
  '1m': { length: MINUTE, bucket: SLOT_MS },
  '5m': { length: 5 * MINUTE, bucket: SLOT_MS },
  '15m': { length: 15 * MINUTE, bucket: MINUTE },
  '1h': { length: HOUR, bucket: MINUTE },
  '24h': { length: 24 * HOUR, bucket: HOUR },
};

/**
 * Where the first of a span's buckets begins, UTC milliseconds: the one that is filling counts as a whole one, so that a
 * window is at most one bucket shorter than its name.
 */
export function spanStart({ length, bucket }: WindowSpan, now: number): number {
  return Math.floor(now / bucket) * bucket + bucket - length;
}
