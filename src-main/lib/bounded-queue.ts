const FIRST_CAPACITY = 16;

/**
 * A first-in first-out queue that never holds more than its limit: when it is full it refuses, and tells through
 * `onRoom` when there is room again, so that a source can stop pulling and go on later.
 *
 * A ring that grows by doubling up to the limit: every operation is O(1) amortised per item. At every moment
 * `offered = taken + size + refused`.
 */
export class BoundedQueue<T> {
  readonly limit: number;
  readonly #onRoom = new Set<{ readonly fn: () => void }>();
  #ring: (T | undefined)[];
  #head = 0;
  #size = 0;
  #taken = 0;
  #refused = 0;
  #highWater = 0;
  #wasFull = false;

  /** @param limit the most items it holds; an integer of at least 1, else a RangeError is thrown */
  constructor(limit: number) {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw new RangeError(`the limit of a queue is an integer of at least 1, not ${limit}`);
    }
    this.limit = limit;
    this.#ring = new Array<T | undefined>(Math.min(limit, FIRST_CAPACITY));
  }

  /** Items waiting. */
  get size(): number {
    return this.#size;
  }

  /** Items that would be accepted now. */
  get room(): number {
    return this.limit - this.#size;
  }

  /** True when the next offer would be refused. */
  get full(): boolean {
    return this.#size === this.limit;
  }

  /** Items ever offered, refused ones included. */
  get offered(): number {
    return this.#taken + this.#size + this.#refused;
  }

  /** Items ever taken. */
  get taken(): number {
    return this.#taken;
  }

  /** Items ever refused because the queue was full. */
  get refused(): number {
    return this.#refused;
  }

  /** The most items that ever waited at a time. */
  get highWater(): number {
    return this.#highWater;
  }

  /** Appends `item`; false, and nothing is kept, when the queue is full. */
  offer(item: T): boolean {
    if (this.#size === this.limit) {
      this.#refused += 1;
      return false;
    }
    if (this.#size === this.#ring.length) this.#grow();
    const end = this.#head + this.#size;
    this.#ring[end < this.#ring.length ? end : end - this.#ring.length] = item;
    this.#size += 1;
    if (this.#size > this.#highWater) this.#highWater = this.#size;
    if (this.#size === this.limit) this.#wasFull = true;
    return true;
  }

  /** Removes and returns the oldest items in order: at most `max`, fewer when fewer wait. */
  take(max: number): T[] {
    const count = Math.max(0, Math.min(Math.floor(max), this.#size));
    const items = new Array<T>(count);
    for (let index = 0; index < count; index += 1) {
      items[index] = this.#ring[this.#head] as T;
      this.#ring[this.#head] = undefined;
      this.#head = this.#head + 1 === this.#ring.length ? 0 : this.#head + 1;
    }
    this.#size -= count;
    this.#taken += count;
    if (this.#wasFull && this.#size * 2 <= this.limit) this.#announceRoom();
    return items;
  }

  /**
   * Calls `fn`, inside `take`, each time the queue that was full has emptied to half its limit or less. Returns what
   * unsubscribes. What `fn` throws becomes an uncaught exception, so that `take` still hands over its items.
   */
  onRoom(fn: () => void): () => void {
    const subscription = { fn };
    this.#onRoom.add(subscription);
    return () => void this.#onRoom.delete(subscription);
  }

  #announceRoom(): void {
    this.#wasFull = false;
    for (const { fn } of [...this.#onRoom]) {
      try {
        fn();
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  #grow(): void {
    const ring = new Array<T | undefined>(Math.min(this.limit, this.#ring.length * 2));
    for (let index = 0; index < this.#size; index += 1) {
      ring[index] = this.#ring[(this.#head + index) % this.#ring.length];
    }
    this.#ring = ring;
    this.#head = 0;
  }
}
