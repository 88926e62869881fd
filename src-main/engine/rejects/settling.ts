import type { StreamIntake } from '../../../src-contract/intake.ts';

/** Waits until what was offered on a stream is durable, and tells what of it was known before. */
export class Settling {
  readonly stream: StreamIntake;
  /** The rejects that are not durable yet, by their sequence, and whether those that are were known. */
  readonly #expected = new Map<number, number>();
  readonly #settled = new Map<number, boolean>();
  readonly #stopListening: () => void;
  #done: (() => void) | null = null;

  constructor(stream: StreamIntake) {
    this.stream = stream;
    this.#stopListening = stream.onSettled((lastSeq, repeated) => this.#take(lastSeq, new Set(repeated)));
  }

  /** Resolves when one more may be offered. */
  room(): Promise<void> {
    if (this.stream.room > 0) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.stream.onRoom(() => {
        stop();
        resolve();
      });
    });
  }

  /** A reject was offered under this sequence. */
  expect(seq: number, reject: number): void {
    this.#expected.set(seq, reject);
  }

  /** Resolves when all that is expected is durable: by reject, whether it was stored before. */
  async all(): Promise<ReadonlyMap<number, boolean>> {
    if (this.#expected.size > 0) {
      await new Promise<void>((resolve) => {
        this.#done = resolve;
      });
    }
    return this.#settled;
  }

  /** Listens no more. */
  end(): void {
    this.#stopListening();
  }

  #take(lastSeq: number, repeated: ReadonlySet<number>): void {
    for (const [seq, reject] of this.#expected) {
      if (seq > lastSeq) break;
      this.#expected.delete(seq);
      this.#settled.set(reject, repeated.has(seq));
    }
    if (this.#expected.size === 0) this.#done?.();
  }
}
