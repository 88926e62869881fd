import type { StageDemand } from '../../../src-contract/settings.ts';
import type { Clock } from '../../lib/clock.ts';
import { StageMeter } from './stage-meter.ts';

/** What the gate works with. */
export interface CommitGateOptions {
  clock: Clock;
  demand: StageDemand;
  /** Whether the next stage takes so many events on top of those that are being committed. */
  mayPass: (events: number) => boolean;
  /** More or less waits before it, or is in hand. */
  onChange: () => void;
}

/**
 * The stage of commits, for all streams of an environment: what waits to be handed to the store, what the store has in
 * hand, and which batch goes next. It asks for more when it has less than `demand.min` events in hand and never has more
 * than `demand.max`; a batch of more goes alone. A drill makes each batch wait before it is handed over, one after another.
 */
export class CommitGate {
  readonly meter = new StageMeter();
  readonly #options: CommitGateOptions;
  readonly #wakers = new Set<() => void>();
  /** Those who handed a batch over since the waiting ones were woken. */
  readonly #served = new Set<() => void>();
  readonly #begun: number[] = [];
  #demand: StageDemand;
  #size = 0;
  #inHand = 0;
  #committed = 0;
  #batches = 0;
  #slowedMs = 0;
  #delayedFrom: number | null = null;
  #cancelDelay: (() => void) | null = null;
  #delayIsOver = false;

  constructor(options: CommitGateOptions) {
    this.#options = options;
    this.#demand = options.demand;
  }

  /** Events in batches that wait to be handed over. */
  get size(): number {
    return this.#size;
  }

  get slowedMs(): number {
    return this.#slowedMs;
  }

  get demand(): StageDemand {
    return this.#demand;
  }

  set demand(demand: StageDemand) {
    this.#demand = demand;
    this.wake();
  }

  /** A batch waits. */
  add(events: number): void {
    this.#size += events;
    this.#changed();
  }

  /** Whether a waiting batch is handed over now; when it is not, `wake` is called as soon as it is worth asking again. */
  ask(events: number, wake: () => void): boolean {
    if (!this.#fits(events) || !this.#delayIsPast()) {
      this.#wakers.add(wake);
      return false;
    }
    this.#served.add(wake);
    const now = this.#options.clock.monotonic();
    this.#delayIsOver = false;
    this.#begun.push(this.#delayedFrom ?? now);
    this.#delayedFrom = null;
    this.#size -= events;
    this.#inHand += events;
    this.#batches += 1;
    this.meter.turnBusy(now, true);
    this.#changed();
    return true;
  }

  /**
   * The store answered for a batch that was handed over. One that it refused waits again; one that it committed has to be
   * told of by {@link passedOn} as well, once the next stage has it.
   */
  answered(events: number, committed: boolean): void {
    const now = this.#options.clock.monotonic();
    this.#inHand -= events;
    this.#batches -= 1;
    this.meter.finished(this.#begun.shift() ?? now, now);
    if (committed) this.#committed += events;
    else this.#size += events;
    this.meter.turnBusy(now, this.#batches > 0 || this.#cancelDelay !== null);
    this.#changed();
    this.wake();
  }

  /** A batch that was committed is with the next stage. */
  passedOn(events: number): void {
    this.#committed -= events;
    this.meter.passed(this.#options.clock.monotonic(), events);
    this.wake();
  }

  /** A batch is given up: one that waited, is in hand, or was committed and not passed on. */
  giveUp(events: number, was: 'waiting' | 'in hand' | 'committed'): void {
    if (was === 'waiting') this.#size -= events;
    else if (was === 'committed') this.#committed -= events;
    else {
      this.#inHand -= events;
      this.#batches -= 1;
      this.#begun.shift();
    }
    this.meter.turnBusy(this.#options.clock.monotonic(), this.#batches > 0);
    this.#changed();
  }

  /** Makes each batch wait so long before it is handed over, in milliseconds; 0 ends that, for the one that waits, too. */
  slow(ms: number): void {
    this.#slowedMs = ms;
    this.stop();
    this.wake();
  }

  /** Lets everyone who was turned away ask again, in the order in which they were. */
  wake(): void {
    const wakers = [...this.#wakers];
    this.#wakers.clear();
    this.#served.clear();
    for (const wake of wakers) wake();
    // Who had a turn and waits again goes behind those who had none: a stream with much would starve the others.
    for (const wake of this.#served) if (this.#wakers.delete(wake)) this.#wakers.add(wake);
  }

  /** Ends the wait of a drill. */
  stop(): void {
    this.#cancelDelay?.();
    this.#cancelDelay = null;
    this.#delayedFrom = null;
    this.#delayIsOver = false;
    this.meter.turnBusy(this.#options.clock.monotonic(), this.#batches > 0);
  }

  #fits(events: number): boolean {
    const { min, max } = this.#demand;
    if (this.#inHand > 0 && (this.#inHand >= min || this.#inHand + events > max)) return false;
    return this.#options.mayPass(this.#inHand + this.#committed + events);
  }

  #delayIsPast(): boolean {
    if (this.#slowedMs === 0 || this.#delayIsOver) return true;
    if (this.#cancelDelay === null) {
      const { clock } = this.#options;
      this.#delayedFrom = clock.monotonic();
      this.meter.turnBusy(this.#delayedFrom, true);
      this.#cancelDelay = clock.after(this.#slowedMs, () => {
        this.#cancelDelay = null;
        this.#delayIsOver = true;
        this.meter.turnBusy(clock.monotonic(), this.#batches > 0);
        this.wake();
      });
    }
    return false;
  }

  #changed(): void {
    // The store works on one batch after the other: the second that it has in hand waits, too.
    this.meter.waiting(this.#options.clock.monotonic(), this.#size, this.#size > 0 || this.#batches > 1);
    this.#options.onChange();
  }
}
