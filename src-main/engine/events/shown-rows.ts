/** What a feed showed of a list that is computed anew, to tell which of its rows changed. */
export class ShownRows<R> {
  readonly #keyOf: (row: R) => string;
  readonly #compute: () => R[];
  #rows = new Map<string, R>();
  #texts = new Map<string, string>();

  /** @param compute answers a list of a stated length, as it is now. */
  constructor(keyOf: (row: R) => string, compute: () => R[]) {
    this.#keyOf = keyOf;
    this.#compute = compute;
  }

  /** Computes the rows anew; answers the keys of those that are new, changed or gone. */
  refresh(): string[] {
    const rows = new Map(this.#compute().map((row) => [this.#keyOf(row), row]));
    const texts = new Map([...rows].map(([key, row]) => [key, JSON.stringify(row)]));
    const changed = [...texts].flatMap(([key, text]) => (this.#texts.get(key) === text ? [] : [key]));
    const gone = [...this.#texts.keys()].filter((key) => !texts.has(key));
    this.#rows = rows;
    this.#texts = texts;
    return [...changed, ...gone];
  }

  /** All rows, as they were when they were last computed: what is told of them afterwards builds on that. */
  all(): R[] {
    if (this.#texts.size === 0) this.refresh();
    return [...this.#rows.values()];
  }

  /** One row as it was when they were last computed; null when there is none. */
  row(key: string): R | null {
    return this.#rows.get(key) ?? null;
  }
}
