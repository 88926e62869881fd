/** At most this many rows are selected one by one, or left out of "all". */
export const MAX_SELECTED = 10_000;

/** A selected row, as it was then, and its place in the list of then. */
export interface PickedRow<Row> {
  key: string;
  row: Row;
  place: number;
}

/** Which rows are selected: some, by key, or all but some. Keys outlast the pages that rows came in. */
export class RowSelection<Row> {
  #picked = $state.raw<ReadonlyMap<string, PickedRow<Row>>>(new Map());
  #isAll = $state(false);

  /** Whether it is all rows, but for those that were left out. */
  get isAll(): boolean {
    return this.#isAll;
  }

  get isEmpty(): boolean {
    return !this.#isAll && this.#picked.size === 0;
  }

  has(key: string): boolean {
    return this.#picked.has(key) !== this.#isAll;
  }

  /** How many rows are selected of a list of so many. */
  countOf(total: number): number {
    return this.#isAll ? Math.max(0, total - this.#picked.size) : this.#picked.size;
  }

  /** The rows selected one by one, in the order of their places; none of them while it is all. */
  get rows(): readonly PickedRow<Row>[] {
    if (this.#isAll) return [];
    return [...this.#picked.values()].sort((left, right) => left.place - right.place);
  }

  /** Selects these rows and no others; rows beyond {@link MAX_SELECTED} are left out, and then it returns false. */
  set(rows: readonly PickedRow<Row>[]): boolean {
    this.#isAll = false;
    this.#picked = new Map(rows.slice(0, MAX_SELECTED).map((picked) => [picked.key, picked]));
    return rows.length <= MAX_SELECTED;
  }

  /** Adds a row or takes it out. Returns false when there is no room for one more. */
  toggle(row: PickedRow<Row>): boolean {
    const picked = new Map(this.#picked);
    if (!picked.delete(row.key)) picked.set(row.key, row);
    if (picked.size > MAX_SELECTED) return false;
    this.#picked = picked;
    return true;
  }

  /** Selects all rows there are and will be. */
  setAll(): void {
    this.#isAll = true;
    this.#picked = new Map();
  }

  clear(): void {
    if (this.isEmpty) return;
    this.#isAll = false;
    this.#picked = new Map();
  }
}
