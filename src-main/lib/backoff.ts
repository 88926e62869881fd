import type { Random } from './random.ts';

/** How waiting times grow, in milliseconds. */
export interface BackoffOptions {
  /** The first wait before jitter; above 0. */
  readonly first: number;
  /** No wait is longer, jitter included; at least `first`. */
  readonly max: number;
  /** Each wait is this many times the one before; at least 1. */
  readonly factor: number;
  /** The part of a wait, 0 to 1, that chance may take off, so that many who failed together do not return together. */
  readonly jitter: number;
}

/** A run of waiting times. */
export interface Backoff {
  /** The next wait in whole milliseconds. */
  next(): number;
  /** Begins again at the first wait: call it when what was retried has held. */
  reset(): void;
}

/** Exponential back-off with jitter. Throws a RangeError when an option is out of its range. */
export function backoff(options: BackoffOptions, random: Pick<Random, 'next'>): Backoff {
  const { first, max, factor, jitter } = options;
  check(first > 0 && Number.isFinite(first), 'first', 'above 0', first);
  check(max >= first && Number.isFinite(max), 'max', `at least first (${first})`, max);
  check(factor >= 1, 'factor', 'at least 1', factor);
  check(jitter >= 0 && jitter <= 1, 'jitter', 'between 0 and 1', jitter);
  let wait = first;
  return {
    next() {
      const result = Math.round(wait * (1 - jitter * random.next()));
      wait = Math.min(max, wait * factor);
      return result;
    },
    reset() {
      wait = first;
    },
  };
}

function check(holds: boolean, name: string, accepted: string, value: number): void {
  if (!holds) throw new RangeError(`back-off: ${name} is ${accepted}, not ${value}`);
}
