/** A count of a name within a bucket of time; `start` is UTC milliseconds. */
export interface NamedCount {
  start: number;
  name: string;
  events: number;
}

/** Counts by buckets of one length and by name, since they were last taken. */
export class CountsByName {
  readonly #length: number;
  readonly #buckets = new Map<number, Map<string, number>>();
  #size = 0;

  /** @param length of a bucket in milliseconds. */
  constructor(length: number) {
    this.#length = length;
  }

  /** How many counts there are. */
  get size(): number {
    return this.#size;
  }

  /** Counts one event. */
  add(at: number, name: string): void {
    const start = Math.floor(at / this.#length) * this.#length;
    let bucket = this.#buckets.get(start);
    if (bucket === undefined) {
      bucket = new Map();
      this.#buckets.set(start, bucket);
    }
    const count = bucket.get(name);
    if (count === undefined) this.#size += 1;
    bucket.set(name, (count ?? 0) + 1);
  }

  /** Hands out the counts by time, and begins anew. */
  take(): NamedCount[] {
    const taken = [...this.#buckets]
      .sort(([a], [b]) => a - b)
      .flatMap(([start, bucket]) => [...bucket].map(([name, events]) => ({ start, name, events })));
    this.#buckets.clear();
    this.#size = 0;
    return taken;
  }
}
