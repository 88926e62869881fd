import type { BreakerStateName } from '../../../../src-contract/polling.ts';

/** What a call of a script comes to; `limited` is an answer 429. */
export type ScriptedOutcome = 'answer' | 'failure' | 'limited' | 'aborted';

/** One step of a script of faults: after a pause somebody calls, trips or resets the breaker. */
export type ScriptStep =
  | { readonly pauseMs: number; readonly does: 'trip' | 'reset' }
  | {
      readonly pauseMs: number;
      readonly does: 'call';
      readonly takesMs: number;
      readonly outcome: ScriptedOutcome;
    };

/** What a script of faults should come to. */
export interface Prediction {
  transitions: { at: number; from: BreakerStateName; to: BreakerStateName }[];
  /** Calls that reach the API. */
  passed: number;
}

/**
 * What the breaker's promises come to, told plainly and without a look at how it is built: it opens at 3 failures in a row
 * or at half of at least 10 calls of the last 30 s, one call after 5 s decides, and a person has the last word.
 * @param start UTC milliseconds at which the script begins.
 */
export function predict(script: readonly ScriptStep[], start: number): Prediction {
  const model = new BreakerModel(start);
  for (const step of script) model.take(step);
  return model.prediction;
}

class BreakerModel {
  readonly prediction: Prediction = { transitions: [], passed: 0 };
  #now: number;
  #state: BreakerStateName = 'closed';
  #changedAt = 0;
  /** Every call that counted since the slate was last wiped. */
  #history: { at: number; failed: boolean }[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  take(step: ScriptStep): void {
    this.#now += step.pauseMs;
    if (step.does === 'call') this.#call(step.takesMs, step.outcome);
    else if (step.does === 'trip') this.#become('isolated');
    else {
      this.#history = [];
      this.#become('closed');
    }
  }

  /** A call that is refused takes its time too: the script's. */
  #call(takesMs: number, outcome: ScriptedOutcome): void {
    const isOver = this.#state === 'open' && this.#now >= this.#changedAt + 5000;
    const passes = this.#state === 'closed' || isOver;
    if (passes) this.prediction.passed += 1;
    if (isOver) this.#become('half_open');
    this.#now += takesMs;
    if (isOver) this.#probed(outcome);
    else if (passes) this.#called(outcome);
  }

  #probed(outcome: ScriptedOutcome): void {
    if (outcome === 'failure' || outcome === 'aborted') {
      this.#become('open');
      this.#history.push({ at: this.#now, failed: true });
      return;
    }
    this.#history = [{ at: this.#now, failed: false }];
    this.#become('closed');
  }

  #called(outcome: ScriptedOutcome): void {
    if (outcome === 'limited' || outcome === 'aborted') return;
    this.#history.push({ at: this.#now, failed: outcome === 'failure' });
    if (outcome === 'failure' && (this.#isInARow() || this.#isHalfOfWindow())) this.#become('open');
  }

  #isInARow(): boolean {
    return this.#history.length >= 3 && this.#history.slice(-3).every(({ failed }) => failed);
  }

  #isHalfOfWindow(): boolean {
    const recent = this.#history.filter(({ at }) => this.#now - at < 30_000);
    const failed = recent.filter((call) => call.failed).length;
    return recent.length >= 10 && failed * 2 >= recent.length;
  }

  #become(to: BreakerStateName): void {
    if (this.#state === to) return;
    this.prediction.transitions.push({ at: this.#now, from: this.#state, to });
    this.#state = to;
    this.#changedAt = this.#now;
  }
}
