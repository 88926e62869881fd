import { CircuitState, ConsecutiveBreaker, type IBreaker } from 'cockatiel';
import type { Clock } from '../../lib/clock.ts';

/** When the breaker opens and for how long. */
export interface BreakerLimits {
  /** Opens after this many failures in a row … */
  readonly failuresInARow: number;
  /** … or when of at least this many calls within the window … */
  readonly windowCalls: number;
  /** … this share failed. */
  readonly windowShare: number;
  readonly windowMs: number;
  /** How long it stays open before a probe. */
  readonly openMs: number;
}

/** The limits that hold when none are given. */
export const BREAKER_LIMITS: BreakerLimits = {
  failuresInARow: 3,
  windowCalls: 10,
  windowShare: 0.5,
  windowMs: 30_000,
  openMs: 5000,
};

/** Calls that are remembered at most; of more the oldest are forgotten. */
const MAX_CALLS = 1000;

interface Call {
  readonly at: number;
  readonly failed: boolean;
}

/**
 * Decides when the breaker opens: the library's rule for failures in a row, and one of ours for the window. The library's
 * own window moves by one part per call, however much time lies between two: at a call every 5 s, 30 s became 150 s.
 */
export class BreakerRule implements IBreaker {
  readonly #limits: BreakerLimits;
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #inARow: ConsecutiveBreaker;
  #calls: Call[] = [];

  constructor(limits: BreakerLimits, clock: Pick<Clock, 'monotonic'>) {
    this.#limits = limits;
    this.#clock = clock;
    this.#inARow = new ConsecutiveBreaker(limits.failuresInARow);
  }

  /** The library's place for a state that is kept elsewhere; this one is not. */
  readonly state = null;

  /** Failures since the last success. */
  get failuresInARow(): number {
    return this.#inARow.state;
  }

  /** Calls of the window that is now ending, and how many of them failed. */
  inWindow(): { calls: number; failures: number } {
    const recent = this.#recent();
    return { calls: recent.length, failures: recent.filter(({ failed }) => failed).length };
  }

  /** Forgets every call. */
  forget(): void {
    this.#calls = [];
    this.#inARow.success();
  }

  success(state: CircuitState): void {
    if (state === CircuitState.HalfOpen) this.forget();
    this.#inARow.success();
    this.#push(false);
  }

  failure(_state: CircuitState): boolean {
    const inARow = this.#inARow.failure();
    this.#push(true);
    const { calls, failures } = this.inWindow();
    const { windowCalls, windowShare } = this.#limits;
    return inARow || (calls >= windowCalls && failures >= windowShare * calls);
  }

  /** Why the last failure opened the breaker, in words without the failure itself. */
  reason(): string {
    const { failuresInARow, windowMs } = this.#limits;
    if (this.failuresInARow >= failuresInARow) return `${this.failuresInARow} failures in a row`;
    const { calls, failures } = this.inWindow();
    return `${failures} of ${calls} calls within ${windowMs / 1000} s failed`;
  }

  #push(failed: boolean): void {
    this.#calls = [...this.#recent(), { at: this.#clock.monotonic(), failed }].slice(-MAX_CALLS);
  }

  #recent(): Call[] {
    const from = this.#clock.monotonic() - this.#limits.windowMs;
    return this.#calls.filter(({ at }) => at > from);
  }
}
