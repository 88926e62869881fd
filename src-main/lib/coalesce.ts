/** What became dirty since the last drain: some keys, or everything. */
export type Drained<K> = { readonly all: true } | { readonly all: false; readonly keys: K[] };

/**
 * Merges "this changed" notices until someone asks. Holds at most `limit` keys; one more and it forgets them and says
 * "everything changed", which is always true enough for a reader that fetches the present state.
 */
export class DirtySet<K> {
  readonly limit: number;
  readonly #keys = new Set<K>();
  #all = false;

  /** @param limit the most keys it holds; an integer of at least 1, else a RangeError is thrown */
  constructor(limit: number) {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw new RangeError(`the limit of a dirty set is an integer of at least 1, not ${limit}`);
    }
    this.limit = limit;
  }

  /** True when nothing changed since the last drain. */
  get empty(): boolean {
    return !this.#all && this.#keys.size === 0;
  }

  /** Notes that `key` changed. */
  add(key: K): void {
    if (this.#all) return;
    this.#keys.add(key);
    if (this.#keys.size > this.limit) this.addAll();
  }

  /** Notes that everything changed. */
  addAll(): void {
    this.#all = true;
    this.#keys.clear();
  }

  /** Returns what changed, keys in the order of their first change, and begins anew. */
  drain(): Drained<K> {
    if (this.#all) {
      this.#all = false;
      return { all: true };
    }
    const keys = [...this.#keys];
    this.#keys.clear();
    return { all: false, keys };
  }
}
