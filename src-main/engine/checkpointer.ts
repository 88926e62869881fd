import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';

/** A checkpoint is taken this often, in milliseconds. */
const EVERY_MS = 1000;

/** What the checkpointer works with. */
export interface CheckpointerOptions<C> {
  clock: Clock;
  take: () => C | null;
  write: (checkpoint: C) => Promise<void>;
  /** A checkpoint was written. */
  onWritten: (checkpoint: C) => void;
  /** A checkpoint was refused; null: one was written again after that. */
  onFailure: (error: unknown) => void;
}

/**
 * Writes a projection's checkpoints. One that failed is written again before the next is taken, so that nothing it holds
 * is lost.
 */
export class Checkpointer<C> implements Stoppable {
  readonly #options: CheckpointerOptions<C>;
  readonly #cancel: () => void;
  #unwritten: C | null = null;
  #running: Promise<void> = Promise.resolve();
  #busy = false;
  #failed = false;

  constructor(options: CheckpointerOptions<C>) {
    this.#options = options;
    this.#cancel = options.clock.every(EVERY_MS, () => this.writeSoon());
  }

  /** The checkpoint that was taken and is not written yet. */
  get unwritten(): C | null {
    return this.#unwritten;
  }

  /** Writes what has changed so far; resolves when it is written, or has failed and was reported. */
  write(): Promise<void> {
    this.#busy = true;
    this.#running = this.#running.then(() => this.#writeNow());
    return this.#running;
  }

  /** Writes what has changed so far, unless a checkpoint is being written. */
  writeSoon(): void {
    if (!this.#busy) void this.write();
  }

  /** Writes all that has changed so far, what was refused before too; answers whether it is all written. */
  async flush(): Promise<boolean> {
    if (this.#failed) await this.write();
    await this.write();
    return !this.#failed;
  }

  /** Writes the last checkpoint. */
  async stop(): Promise<void> {
    this.#cancel();
    await this.write();
  }

  async #writeNow(): Promise<void> {
    const checkpoint = this.#unwritten ?? this.#options.take();
    this.#unwritten = checkpoint;
    if (checkpoint === null) {
      this.#busy = false;
      return;
    }
    try {
      await this.#options.write(checkpoint);
      this.#unwritten = null;
      if (this.#failed) this.#options.onFailure(null);
      this.#failed = false;
      this.#options.onWritten(checkpoint);
    } catch (error) {
      this.#failed = true;
      this.#options.onFailure(error);
    }
    this.#busy = false;
  }
}
