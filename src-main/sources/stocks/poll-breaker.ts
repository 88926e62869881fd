import { circuitBreaker, CircuitState, handleType, type CircuitBreakerPolicy } from 'cockatiel';
import type { Breaker, BreakerStateName } from '../../../src-contract/polling.ts';
import { toTimestamp, toTimestampOrNull } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import { errorMessage } from '../../lib/error-message.ts';
import type { Log } from '../../lib/log.ts';
import { BreakerOpenError } from './breaker-open-error.ts';
import { BREAKER_LIMITS, BreakerRule, type BreakerLimits } from './breaker-rule.ts';
import { RateLimitedError } from './rate-limited-error.ts';

/** A change of the breaker's state; `at` is UTC milliseconds. */
export interface BreakerChange {
  readonly at: number;
  readonly from: BreakerStateName;
  readonly to: BreakerStateName;
  readonly reason: string;
}

/** The breaker as the contract has it, apart from what only the engine knows. */
export type BreakerView = Omit<Breaker, 'env' | 'open_today_s'>;

/** What a breaker works with. */
export interface PollBreakerOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** {@link BREAKER_LIMITS} where left out. */
  readonly limits?: Partial<BreakerLimits>;
}

const STATES: Readonly<Record<CircuitState, BreakerStateName>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'isolated',
};

/** Carries a failure that counts through the library, which is to let every other one pass. */
class CountedFailure extends Error {}

/**
 * The circuit breaker around the calls of a stock API: cockatiel's state machine, whose changes are told as events.
 * Looking at it changes nothing: an open one is half-open only when its probe begins.
 */
export class PollBreaker {
  readonly #clock: Clock;
  readonly #limits: BreakerLimits;
  readonly #rule: BreakerRule;
  readonly #policy: CircuitBreakerPolicy;
  readonly #transitions: Emitter<BreakerChange>;
  #isolation: { dispose(): void } | null = null;
  #isResetting = false;
  #state: BreakerStateName = 'closed';
  #since: number;
  #openedAt: number | null = null;
  /** Monotonic. */
  #openUntil = 0;
  #lastFailure: { readonly at: number; readonly message: string } | null = null;

  constructor({ clock, log, limits }: PollBreakerOptions) {
    this.#clock = clock;
    this.#limits = { ...BREAKER_LIMITS, ...limits };
    this.#rule = new BreakerRule(this.#limits, clock);
    this.#since = clock.now();
    this.#transitions = new Emitter((error) => {
      log.error('a listener of the breaker failed', { error });
    });
    this.#policy = circuitBreaker(handleType(CountedFailure), {
      breaker: this.#rule,
      // The library would wait by the wall clock, which may jump. `call` waits by the monotonic one before it asks it.
      halfOpenAfter: Number.NEGATIVE_INFINITY,
    });
    this.#policy.onStateChange((state) => this.#entered(STATES[state]));
  }

  /** How it stands now. */
  get view(): BreakerView {
    const { calls, failures } = this.#rule.inWindow();
    return {
      state: this.#state,
      since: toTimestamp(this.#since),
      failures_in_a_row: this.#rule.failuresInARow,
      failures_in_window: failures,
      calls_in_window: calls,
      window_s: this.#limits.windowMs / 1000,
      last_failure: this.#lastFailure?.message ?? null,
      last_failure_at: toTimestampOrNull(this.#lastFailure?.at ?? null),
      opened_at: toTimestampOrNull(this.#openedAt),
      next_probe_at: toTimestampOrNull(this.nextProbeAt),
    };
  }

  /** Its state now. */
  get state(): BreakerStateName {
    return this.#state;
  }

  /** When a probe may begin, UTC milliseconds; null unless it is open by itself. */
  get nextProbeAt(): number | null {
    return this.#state === 'open' ? this.#since + this.#limits.openMs : null;
  }

  /**
   * Milliseconds for which every call is refused: 0 when one may pass now; infinite while it is tripped by hand, or while
   * the probe is under way.
   */
  get refusesForMs(): number {
    if (this.#state === 'closed') return 0;
    return this.#state === 'open' ? Math.max(0, this.#openUntil - this.#clock.monotonic()) : Infinity;
  }

  /** Calls back with every change of the state; returns what stops that. */
  onTransition(listener: (change: BreakerChange) => void): () => void {
    return this.#transitions.on(listener);
  }

  /**
   * Makes a call, or throws a BreakerOpenError without making it. What the call throws is thrown on, and is a failure of
   * the API with two exceptions, which count as nothing: a RateLimitedError (as a probe it closes the breaker), and
   * whatever comes of an aborted signal (a probe that is called off opens the breaker again).
   */
  async call<T>(fn: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.refusesForMs > 0) throw new BreakerOpenError(this.#refusal());
    const isProbe = this.#state === 'open';
    try {
      return await this.#policy.execute(async () => {
        try {
          return await fn();
        } catch (error) {
          throw this.#judged(error, isProbe, signal);
        }
      });
    } catch (error) {
      throw error instanceof CountedFailure ? error.cause : error;
    }
  }

  /** Opens it until it is reset. */
  trip(): void {
    this.#isolation ??= this.#policy.isolate();
  }

  /** Closes it and forgets its failures. A probe that is under way decides nothing any more. */
  reset(): void {
    this.#rule.forget();
    this.#lastFailure = null;
    if (this.#state === 'closed') return;
    // The library closes only what was isolated; nobody is told of that step.
    this.#isResetting = true;
    const isolation = this.#isolation ?? this.#policy.isolate();
    isolation.dispose();
    this.#isolation = null;
    this.#isResetting = false;
  }

  /** The error as the library is to see it. */
  #judged(error: unknown, isProbe: boolean, signal: AbortSignal): unknown {
    if (error instanceof RateLimitedError || (signal.aborted && !isProbe)) return error;
    const message = signal.aborted ? 'the probe was called off' : errorMessage(error);
    this.#lastFailure = { at: this.#clock.now(), message };
    return new CountedFailure(message, { cause: error });
  }

  #entered(to: BreakerStateName): void {
    if (this.#isResetting && to === 'isolated') return;
    const from = this.#state;
    const at = this.#clock.now();
    const reason = this.#reasonOf(from, to);
    this.#state = to;
    this.#since = at;
    if (to === 'closed') this.#openedAt = null;
    else this.#openedAt ??= at;
    if (to === 'open') this.#openUntil = this.#clock.monotonic() + this.#limits.openMs;
    this.#transitions.emit({ at, from, to, reason });
  }

  #reasonOf(from: BreakerStateName, to: BreakerStateName): string {
    switch (to) {
      case 'half_open':
        return 'its time is over: one probe';
      case 'isolated':
        return 'tripped by hand';
      case 'closed':
        return this.#isResetting ? 'reset by hand' : 'the API answered the probe';
      case 'open': {
        const cause = from === 'half_open' ? 'the probe failed' : this.#rule.reason();
        return `${cause}: ${this.#lastFailure?.message ?? 'unknown'}`;
      }
    }
  }

  #refusal(): string {
    if (this.#state === 'isolated') return 'tripped by hand';
    return this.#lastFailure?.message ?? 'a probe is under way';
  }
}
