import type { Clock } from '../lib/clock.ts';
import type { MessageChecks } from './message-checks.ts';
import type { PipelineStages } from './stages/pipeline-stages.ts';

/** When messages arrived: the wall clock in UTC milliseconds, and the monotonic one. */
export interface Arrival {
  readonly now: number;
  readonly monotonic: number;
}

/** One message in so many is timed while it is checked. A power of two. */
const SAMPLED = 64;

/** Whether the message with this sequence is one of those that are timed. */
export function isSampled(seq: number): boolean {
  return (seq & (SAMPLED - 1)) === 0;
}

/**
 * The time at which messages arrive, read once for all that arrive together: the clock costs as much as half of the checks.
 * Tells the stages how long each such group took to be received and checked.
 */
export class ArrivalClock {
  readonly #clock: Clock;
  readonly #stages: PipelineStages;
  #at: Arrival | null = null;
  #messages = 0;
  #checkMs = 0;

  constructor(clock: Clock, stages: PipelineStages) {
    this.#clock = clock;
    this.#stages = stages;
  }

  /** When what arrives now does. */
  read(): Arrival {
    this.#messages += 1;
    if (this.#at === null) {
      this.#at = { now: this.#clock.now(), monotonic: this.#clock.monotonic() };
      queueMicrotask(() => this.#end());
    }
    return this.#at;
  }

  /** Checks a message, as {@link MessageChecks.check} does, and times that. */
  sample(checks: MessageChecks, ...message: Parameters<MessageChecks['check']>): void {
    const begun = this.#clock.monotonic();
    checks.check(...message);
    this.#checkMs += (this.#clock.monotonic() - begun - this.#checkMs) / 8;
  }

  #end(): void {
    const begun = this.#at?.monotonic ?? 0;
    const messages = this.#messages;
    this.#at = null;
    this.#messages = 0;
    this.#stages.arrived(messages, begun, this.#clock.monotonic(), messages * this.#checkMs);
  }
}
