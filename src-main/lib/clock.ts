import { sleepOn } from './sleep.ts';

/** Time as the app sees it. Injected everywhere, so that tests decide what time it is. */
export interface Clock {
  /** The wall clock, in UTC milliseconds. May jump; use it for what is stored or shown, never for intervals. */
  now(): number;
  /** Milliseconds since an arbitrary moment; never goes back. */
  monotonic(): number;
  /**
   * Calls `fn` once, after at least `ms` milliseconds (below 0 counts as 0). Returns what cancels it. Throws a
   * RangeError when `ms` is not finite.
   */
  after(ms: number, fn: () => void): () => void;
  /**
   * Calls `fn` every `ms` milliseconds (below 1 counts as 1) until cancelled. Throws a RangeError when `ms` is not
   * finite, or over 2^31 - 1.
   */
  every(ms: number, fn: () => void): () => void;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason, and leaves no timer, when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What Node's timers can hold: about 24.8 days. Anything longer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The operating system's clocks and Node's timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after,
  every,
  sleep,
};

function after(ms: number, fn: () => void): () => void {
  const wait = finite(ms);
  if (wait <= LONGEST_TIMER_MS) {
    const timer = setTimeout(fn, wait);
    return () => clearTimeout(timer);
  }
  let cancel = after(LONGEST_TIMER_MS, () => {
    cancel = after(wait - LONGEST_TIMER_MS, fn);
  });
  return () => cancel();
}

function every(ms: number, fn: () => void): () => void {
  if (finite(ms) > LONGEST_TIMER_MS)
    throw new RangeError(`an interval is at most ${LONGEST_TIMER_MS} ms, not ${ms}`);
  const timer = setInterval(fn, ms);
  return () => clearInterval(timer);
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return sleepOn(after, ms, signal);
}

/** Returns `ms`; throws a RangeError when it is NaN or infinite, which timers would silently take for 1 ms. */
export function finite(ms: number): number {
  if (!Number.isFinite(ms)) throw new RangeError(`a delay is a finite number of milliseconds, not ${ms}`);
  return ms;
}
