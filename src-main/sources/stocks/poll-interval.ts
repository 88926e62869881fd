/** What an interval between polls depends on. */
export interface PollNeeds {
  /** Seconds that were set. */
  readonly baseSeconds: number;
  /** Symbols to fetch. */
  readonly symbols: number;
  /** Whether clients are connected and none is visible. */
  readonly hidden: boolean;
  /** How often the interval is doubled because of answers 429: one more with each, one less with each success. */
  readonly doublings: number;
}

/** An interval between the beginnings of two polls, and why it is what it is. */
export interface PollInterval {
  readonly ms: number;
  /** In words, such as `as set` or `as set; tripled while no window is visible`. */
  readonly reason: string;
}

/** Symbols asked for in one request. */
export const BATCH_SYMBOLS = 100;
/** Whatever is set, no two polls begin closer together. */
export const SHORTEST_MS = 1000;
/** Nothing makes an interval longer than this, save one that is set so. */
export const LONGEST_MS = 300_000;
/** The longest that an API's Retry-After is followed. */
export const LONGEST_RETRY_AFTER_MS = 3_600_000;
/** Doublings that are counted at most: from 1 s to beyond {@link LONGEST_MS}. */
export const MOST_DOUBLINGS = 9;

/** Time for each request of a poll: more symbols than fit into the interval make it longer. */
const BATCH_MS = 1000;
const HIDDEN_FACTOR = 3;
const HIDDEN_LEAST_MS = 15_000;
const HIDDEN_MOST_MS = 60_000;
const JITTER = 0.1;

/**
 * The interval for these needs: what is set, between 1 s and 5 min (or longer where that is set); at least a second for
 * every hundred symbols; tripled, to between 15 and 60 s, while no window is visible; doubled by every answer 429.
 */
export function pollInterval(needs: PollNeeds): PollInterval {
  const set = Math.max(SHORTEST_MS, needs.baseSeconds * 1000);
  const longest = Math.max(LONGEST_MS, set);
  const reasons = [set === needs.baseSeconds * 1000 ? 'as set' : `at least ${SHORTEST_MS / 1000} s`];
  const batches = Math.ceil(needs.symbols / BATCH_SYMBOLS);
  let ms = set;
  if (batches * BATCH_MS > ms) {
    ms = batches * BATCH_MS;
    reasons.push(`longer for ${needs.symbols} symbols in ${batches} requests`);
  }
  if (needs.hidden && ms < HIDDEN_MOST_MS) {
    ms = Math.min(HIDDEN_MOST_MS, Math.max(HIDDEN_LEAST_MS, ms * HIDDEN_FACTOR));
    reasons.push('longer while no window is visible');
  }
  if (needs.doublings > 0) {
    ms = Math.min(longest, ms * 2 ** Math.min(MOST_DOUBLINGS, needs.doublings));
    reasons.push('longer because the API answered 429');
  }
  return { ms, reason: reasons.join('; ') };
}

/**
 * Milliseconds from the beginning of a poll to that of the next: the interval give or take a tenth, by chance, so that
 * many instances do not ask in step.
 * @param chance a number in [0, 1)
 */
export function jittered(ms: number, chance: number): number {
  return Math.max(SHORTEST_MS, Math.round(ms * (1 - JITTER + 2 * JITTER * chance)));
}
