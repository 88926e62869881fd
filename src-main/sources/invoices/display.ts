import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { Pace } from './pace.ts';

/** What the display works with. */
export interface DisplayOptions {
  clock: Pick<Clock, 'after'>;
  /** Asked every time: another run has another. */
  pace: () => Pace;
  /** False for now while a command is being carried out, or when there is nothing more to do. */
  isOpen: () => boolean;
  /** How many are produced and not shown. */
  waiting: () => number;
  /** Shows up to so many, at least one, and counts them; called once at a time. */
  show: (count: number) => Promise<void>;
  /** A tick found nothing to show. */
  onNothing: () => void;
  /** Calls back when `isOpen` or the pace has changed; returns what stops that. */
  onWake: (listener: () => void) => () => void;
  /** Told why showing failed; nothing is shown after that. */
  fail: (error: unknown) => void;
}

/** Starts to show what waits as it becomes due. A tick that finds nothing waiting is lost: later ones do not make up for it. */
export function startDisplay(options: DisplayOptions): Stoppable {
  const display = new Display(options);
  display.start();
  return display;
}

class Display implements Stoppable {
  readonly #options: DisplayOptions;
  #cancelWake: () => void = () => undefined;
  #cancelTimer: () => void = () => undefined;
  /** What is being shown now. */
  #showing: Promise<void> | null = null;
  #stopped = false;

  constructor(options: DisplayOptions) {
    this.#options = options;
  }

  start(): void {
    this.#cancelWake = this.#options.onWake(() => this.#work());
    this.#work();
  }

  /** Resolves when nothing is being shown any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    this.#cancelWake();
    await this.#showing;
  }

  #work(): void {
    this.#cancelTimer();
    const { clock, pace } = this.#options;
    if (!this.#isFree()) return;
    try {
      this.#tick();
    } catch (error) {
      this.#options.fail(error);
      return;
    }
    const wait = this.#isFree() ? pace().wait() : null;
    if (wait !== null) this.#cancelTimer = clock.after(wait, () => this.#work());
  }

  #isFree(): boolean {
    return !this.#stopped && this.#showing === null && this.#options.isOpen();
  }

  #tick(): void {
    const { pace, waiting, show, onNothing, fail } = this.#options;
    const due = pace().due();
    if (due === 0) return;
    const count = Math.min(due, waiting());
    pace().take(count);
    if (count < due) pace().forget();
    if (count === 0) {
      onNothing();
      return;
    }
    this.#showing = show(count)
      .then(
        () => undefined,
        (error: unknown) => {
          this.#stopped = true;
          fail(error);
        },
      )
      .then(() => {
        this.#showing = null;
        this.#work();
      });
  }
}
