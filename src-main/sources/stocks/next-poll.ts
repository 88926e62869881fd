import { SHORTEST_MS } from './poll-interval.ts';

/** What the next poll depends on; times are monotonic milliseconds. */
export interface PollSituation {
  readonly now: number;
  /** When the last poll began; null before the first. */
  readonly lastStart: number | null;
  /** Interval as it is without chance, and with it. */
  readonly intervalMs: number;
  readonly jitteredMs: number;
  /** Whether something new is to be fetched, or time has jumped: no reason to wait for the interval. */
  readonly hurry: boolean;
  /** Whether it will be the breaker's probe. */
  readonly isProbe: boolean;
  /** Until when the API asked to be left alone. */
  readonly notBefore: number;
  /** How long the breaker refuses every call; 0: not at all. */
  readonly refusesForMs: number;
  readonly wanted: number;
  readonly mayPoll: boolean;
  /** Whether the store takes what is polled. */
  readonly hasRoom: boolean;
}

/** When the next poll is due, or why none is. */
export type NextPoll = { readonly inMs: number } | { readonly idle: string };

/**
 * Plans the next poll: one interval after the beginning of the last, or soon when there is a hurry, but no two within a
 * second. Neither the API's wish to be left alone nor the breaker is overruled. A probe leaves nothing to chance, so that it
 * comes when the breaker says.
 */
export function nextPoll(situation: PollSituation): NextPoll {
  const { now, lastStart, intervalMs, jitteredMs, hurry, notBefore, refusesForMs } = situation;
  if (!situation.mayPoll) return { idle: 'another instance polls' };
  if (situation.wanted === 0) return { idle: 'nothing is watched' };
  if (!situation.hasRoom) return { idle: 'the store is behind' };
  if (refusesForMs === Infinity) return { idle: 'the breaker lets nothing pass' };
  const interval = situation.isProbe ? intervalMs : jitteredMs;
  const wait = lastStart === null ? 0 : lastStart + (hurry ? SHORTEST_MS : interval) - now;
  return { inMs: Math.max(0, wait, notBefore - now, refusesForMs) };
}
