import type { Breaker, BreakerStateName } from '../../src-contract/polling.ts';

/** How a state of the breaker is told to people; the tones are those of marks and badges. */
export interface BreakerLook {
  tone: 'ok' | 'busy' | 'fail';
  /** The state in a word or three. */
  word: string;
  /** What it means for the prices. */
  meaning: string;
}

/** The look of each state. */
export const BREAKER_LOOKS: Readonly<Record<BreakerStateName, BreakerLook>> = {
  closed: { tone: 'ok', word: 'closed', meaning: 'Calls pass' },
  open: { tone: 'fail', word: 'open', meaning: 'The API is left alone' },
  half_open: {
    tone: 'busy',
    word: 'half open',
    meaning: 'One call is on its way to see whether the API works again',
  },
  isolated: {
    tone: 'fail',
    word: 'tripped by hand',
    meaning: 'The API is left alone until somebody resets it',
  },
};

/** Why the breaker is not closed, in the words of whatever failed last; empty when nothing is known. */
export function breakerReason({ state, last_failure: failure }: Breaker): string {
  if (state === 'closed' || state === 'isolated') return '';
  return failure ?? '';
}

/**
 * Since when the breaker is as it is told, ISO 8601. While it is open, that is since it opened first: each probe that fails
 * opens it anew, and would make an hour without prices look like seconds.
 */
export function breakerSince({ state, since, opened_at: openedAt }: Breaker): string {
  return state === 'open' || state === 'half_open' ? (openedAt ?? since) : since;
}
