import type { Tone } from './tone.ts';

/** How far a value can be trusted, by its age. */
export type FreshnessName = 'live' | 'late' | 'stale' | 'none';

/** Word and tone of each freshness. */
export const FRESHNESS_LOOK: Record<FreshnessName, { word: string; tone: Tone }> = {
  live: { word: 'Live', tone: 'ok' },
  late: { word: 'Late', tone: 'busy' },
  stale: { word: 'Stale', tone: 'warn' },
  none: { word: 'No price', tone: 'off' },
};
