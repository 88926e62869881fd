import type { Freshness } from '../../../src-contract/portfolio.ts';

/** Ages up to which a price counts as live and as late where its source has no interval, in milliseconds. */
const LIVE_MS = 15_000;
const LATE_MS = 37_500;
/** The same in intervals of its source. */
const LIVE_INTERVALS = 2;
const LATE_INTERVALS = 5;

/** How often a source brings prices, and whether it is kept from it. */
export interface FreshnessRule {
  /** Distance of its prices in milliseconds; null when they come as they come. */
  intervalMs: number | null;
  breakerOpen: boolean;
}

/** The rule of each source at this moment. */
export interface FreshnessRules {
  of(source: string): FreshnessRule;
}

/** The rules where no source has an interval. */
export const PLAIN_RULES: FreshnessRules = { of: () => ({ intervalMs: null, breakerOpen: false }) };

/** From which age on a price of a source with this interval is stale, in milliseconds; null: it has no interval. */
export function staleAfter(intervalMs: number | null): number {
  return intervalMs === null ? LATE_MS : LATE_INTERVALS * intervalMs;
}

/** From the most to the least trusted: what many prices make is as fresh as the worst of them. */
const ORDER: readonly Freshness[] = ['live', 'late', 'stale', 'breaker_open', 'none'];

/** How far a price of a source can be trusted at `now`; both times are UTC milliseconds. */
export function freshnessOf(asOf: number, source: string, now: number, rules: FreshnessRules): Freshness {
  const { intervalMs, breakerOpen } = rules.of(source);
  if (breakerOpen) return 'breaker_open';
  const age = now - asOf;
  if (age <= (intervalMs === null ? LIVE_MS : LIVE_INTERVALS * intervalMs)) return 'live';
  return age <= staleAfter(intervalMs) ? 'late' : 'stale';
}

/**
 * How far a value made of many prices can be trusted: as far as the worst of them.
 * @param oldest time of the oldest price used from each source, UTC milliseconds; empty: there is no price.
 */
export function freshnessOfAll(
  oldest: ReadonlyMap<string, number>,
  now: number,
  rules: FreshnessRules,
): Freshness {
  if (oldest.size === 0) return 'none';
  let worst = 0;
  for (const [source, asOf] of oldest) {
    worst = Math.max(worst, ORDER.indexOf(freshnessOf(asOf, source, now, rules)));
  }
  return ORDER[worst] ?? 'none';
}

/** Notes a price among the oldest of each source. */
export function noteOldest(oldest: Map<string, number>, source: string, asOf: number): void {
  const known = oldest.get(source);
  if (known === undefined || asOf < known) oldest.set(source, asOf);
}
