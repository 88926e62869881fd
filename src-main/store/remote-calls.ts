import { StoreFailure } from './store-failure.ts';

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** The calls that wait for an answer of another thread: never more than a limit; beyond, a call rejects at once. */
export class RemoteCalls {
  readonly limit: number;
  readonly #post: (call: { id: number; name: string; args: unknown[] }) => void;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #highWater = 0;
  #ended: Error | null = null;

  /** @param post hands a call to the other thread; what it throws (an argument that cannot be cloned) rejects the call */
  constructor(limit: number, post: (call: { id: number; name: string; args: unknown[] }) => void) {
    this.limit = limit;
    this.#post = post;
  }

  /** Calls waiting now. */
  get size(): number {
    return this.#waiting.size;
  }

  /** The most calls that ever waited at a time. */
  get highWater(): number {
    return this.#highWater;
  }

  /** Asks; the answer, or why there is none. */
  call(name: string, args: unknown[]): Promise<unknown> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    if (this.#waiting.size >= this.limit) {
      const words = `${this.limit} calls of the store are waiting already, so "${name}" is refused: try again later`;
      return Promise.reject(new StoreFailure('overloaded', words));
    }
    const id = this.#nextId;
    this.#nextId += 1;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { resolve, reject });
    this.#highWater = Math.max(this.#highWater, this.#waiting.size);
    try {
      this.#post({ id, name, args });
    } catch (error) {
      this.#waiting.delete(id);
      reject(error instanceof Error ? error : new Error(String(error)));
    }
    return promise;
  }

  /** The other thread answered. */
  answer(id: number, value: unknown): void {
    this.#take(id)?.resolve(value);
  }

  /** The other thread could not. */
  refuse(id: number, error: Error): void {
    this.#take(id)?.reject(error);
  }

  /** No answer will come any more: rejects what waits, and whatever is asked from now on. */
  end(error: Error): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}
