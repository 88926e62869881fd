import type { PipelineStages } from './stages/pipeline-stages.ts';

/** Messages of one stream that wait until the stage `transform` takes them, in order. Bounded by the room of the stream. */
export class HeldMessages {
  readonly #stages: PipelineStages;
  #size = 0;
  #bytes = 0;
  #ledgered = 0;
  #abandoned = false;
  #waiters: (() => void)[] = [];

  constructor(stages: PipelineStages) {
    this.#stages = stages;
  }

  /** Messages that wait. */
  get size(): number {
    return this.#size;
  }

  /** Their bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a message behind the others; `run` is called when it is its turn. `ledgered` is what the ledger counts of it. */
  add(bytes: number, ledgered: number, run: () => void): void {
    this.#count(1, bytes, ledgered);
    this.#stages.hold(() => {
      if (this.#abandoned) return;
      run();
      this.#count(-1, -bytes, -ledgered);
      if (this.#size === 0) this.#tellWaiters();
    });
  }

  /** Resolves when none is left. */
  passed(): Promise<void> {
    if (this.#size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Forgets them; answers what the ledger counts of them. */
  abandon(): number {
    const ledgered = this.#ledgered;
    this.#abandoned = true;
    this.#count(-this.#size, -this.#bytes, -ledgered);
    this.#tellWaiters();
    return ledgered;
  }

  #count(messages: number, bytes: number, ledgered: number): void {
    this.#size += messages;
    this.#bytes += bytes;
    this.#ledgered += ledgered;
  }

  #tellWaiters(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }
}
