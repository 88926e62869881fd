import { finite } from './clock.ts';
import type { Clock } from './clock.ts';
import { sleepOn } from './sleep.ts';
import { TimerHeap } from './timer-heap.ts';
import type { Timer } from './timer-heap.ts';

/** A clock for tests and the inline mode: time stands still until `advance` moves it. */
export class VirtualClock implements Clock {
  readonly #timers = new TimerHeap();
  readonly #start: number;
  #elapsed = 0;
  #order = 0;
  #advancing = false;

  /** @param start what `now` says first, in UTC milliseconds; `monotonic` begins at 0 */
  constructor(start = 0) {
    this.#start = start;
  }

  /** Timers, intervals and sleepers that are still alive. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#start + this.#elapsed;
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, fn: () => void): () => void {
    const timer = this.#arm({ due: this.#elapsed + Math.max(0, finite(ms)), order: 0, index: -1, fn });
    return () => this.#timers.delete(timer);
  }

  every(ms: number, fn: () => void): () => void {
    const step = Math.max(1, finite(ms));
    const tick = (): void => {
      timer = this.#arm({ due: timer.due + step, order: 0, index: -1, fn: tick });
      fn();
    };
    let timer = this.#arm({ due: this.#elapsed + step, order: 0, index: -1, fn: tick });
    return () => this.#timers.delete(timer);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn((delay, fn) => this.after(delay, fn), ms, signal);
  }

  /**
   * Moves time on by `ms` milliseconds. Runs what becomes due in order of time, then of creation, with the clock at
   * the timer's own moment; before the first and after each one every promise that can settle does, so what these
   * schedule within the span runs too. Rejects with what a timer throws (time then stands at that timer), and with
   * an Error when called while another `advance` is under way.
   */
  async advance(ms: number): Promise<void> {
    if (this.#advancing) throw new Error('the virtual clock is already advancing');
    const end = this.#elapsed + Math.max(0, finite(ms));
    this.#advancing = true;
    try {
      await settled();
      for (let timer = this.#timers.takeDue(end); timer !== undefined; timer = this.#timers.takeDue(end)) {
        this.#elapsed = timer.due;
        timer.fn();
        await settled();
      }
      this.#elapsed = end;
    } finally {
      this.#advancing = false;
    }
  }

  #arm(timer: Timer): Timer {
    timer.order = this.#order;
    this.#order += 1;
    this.#timers.add(timer);
    return timer;
  }
}

/** Resolves when the queue of microtasks is empty: Node runs a tick queued by a microtask only then. */
async function settled(): Promise<void> {
  await Promise.resolve();
  await new Promise<void>((resolve) => {
    process.nextTick(resolve);
  });
}
