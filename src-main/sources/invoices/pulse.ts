import type { Clock } from '../../lib/clock.ts';

/** Beats in even steps for as long as it is needed, and then once more; holds no timer otherwise. */
export class Pulse {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #everyMs: number;
  readonly #isNeeded: () => boolean;
  readonly #beat: () => void;
  #cancel: (() => void) | null = null;

  constructor(clock: Pick<Clock, 'after'>, everyMs: number, isNeeded: () => boolean, beat: () => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#isNeeded = isNeeded;
    this.#beat = beat;
  }

  /** Looks whether it is needed now. */
  look(): void {
    if (this.#cancel !== null || !this.#isNeeded()) return;
    this.#cancel = this.#clock.after(this.#everyMs, () => {
      this.#cancel = null;
      this.#beat();
      this.look();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
