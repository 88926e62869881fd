import { LatencyHistogram } from '../../lib/latency-histogram.ts';
import { LONGEST_RECENT_MS, RecentSum } from './recent-sum.ts';

/** What is judged when asking which stage holds the others up: about this long back, in milliseconds. */
const JUDGED_MS = 1500;

/** How hard a stage was pressed over the last second and a half. */
export interface StagePressure {
  /** Share of the time in which it worked, 0 to 1. */
  busy: number;
  /** Share of the time in which something waited before it, 0 to 1. */
  pressed: number;
  /** How long it worked for a batch on average, in milliseconds; 0 without one. */
  batchMs: number;
}

/** Counts what a stage does. Told per batch, never per event. Times are monotonic milliseconds. */
export class StageMeter {
  /** Since the engine started. */
  out = 0;
  rejected = 0;
  highWater = 0;
  readonly #times = new LatencyHistogram();
  readonly #passed = new RecentSum();
  readonly #batches = new RecentSum();
  readonly #busy = new Span();
  readonly #pressed = new Span();

  /** So many events left the stage. */
  passed(at: number, events: number): void {
    this.out += events;
    this.#passed.add(at, events);
  }

  /** It worked in this period. */
  worked(from: number, to: number): void {
    this.#busy.add(from, to);
  }

  /** A batch took from one moment to another; meanwhile others may have been worked on, too. */
  finished(from: number, to: number): void {
    this.#batches.add(to, 1);
    this.#times.record((to - from) * 1000);
  }

  /** From now on it works, or it does not. */
  turnBusy(at: number, busy: boolean): void {
    this.#busy.turn(at, busy);
  }

  /** So much waits before it now; others may wait for their turn inside it: `pressed`. */
  waiting(at: number, size: number, pressed = size > 0): void {
    if (size > this.highWater) this.highWater = size;
    this.#pressed.turn(at, pressed);
  }

  /** Events that left it in a second, and the share of the time in which it worked, over the last five. */
  recent(now: number): { perSecond: number; busy: number } {
    return {
      perSecond: this.#passed.perMs(now, LONGEST_RECENT_MS) * 1000,
      busy: this.#busy.share(now, LONGEST_RECENT_MS),
    };
  }

  /** What `p` percent of its batches did not exceed, in microseconds; null before the first. */
  percentile(p: number): number | null {
    return this.#times.count === 0 ? null : this.#times.percentile(p);
  }

  /** How hard it was pressed of late. */
  pressure(now: number): StagePressure {
    const busy = this.#busy.share(now, JUDGED_MS);
    const batches = this.#batches.perMs(now, JUDGED_MS);
    const pressed = this.#pressed.share(now, JUDGED_MS);
    return { busy, pressed, batchMs: batches === 0 ? 0 : busy / batches };
  }
}

/** The share of the time in which something was the case. */
class Span {
  readonly #sum = new RecentSum();
  #since: number | null = null;

  turn(at: number, on: boolean): void {
    this.#settle(at);
    this.#since = on ? at : null;
  }

  add(from: number, to: number): void {
    this.#sum.addSpan(from, to);
  }

  share(now: number, ms: number): number {
    this.#settle(now);
    return Math.min(1, this.#sum.perMs(now, ms));
  }

  #settle(now: number): void {
    if (this.#since === null) return;
    this.#sum.addSpan(this.#since, now);
    this.#since = now;
  }
}
