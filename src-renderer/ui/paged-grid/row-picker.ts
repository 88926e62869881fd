import { formatCount } from '../number-format.ts';
import { selectionInWords } from './grid-words.ts';
import { MAX_SELECTED, type PickedRow, type RowSelection } from './row-selection.svelte.ts';
import type { ShownList } from './shown-list.svelte.ts';

/** How a press on a row changes the selection: only it, it too or no longer, or all from the last one to it. */
export type PickMode = 'only' | 'toggle' | 'range';

/** There is no room for that many selected rows. The message says what is accepted. */
export class SelectionLimitError extends Error {
  constructor() {
    super(`No more than ${formatCount(MAX_SELECTED)} rows can be selected one by one; Ctrl+A selects all`);
    this.name = 'SelectionLimitError';
  }
}

/**
 * Selects rows by their places, also ranges whose rows are not fetched yet. Its methods return what to announce, null for
 * nothing.
 */
export class RowPicker<Row> {
  readonly #list: ShownList<Row>;
  readonly #selection: RowSelection<Row>;
  readonly #keyOf: (row: Row) => string;
  /** Where a range begins. */
  #anchor: number | null = null;
  /** Rises with every change, so that a range whose rows come late knows that it was overtaken. */
  #latest = 0;

  constructor(list: ShownList<Row>, selection: RowSelection<Row>, keyOf: (row: Row) => string) {
    this.#list = list;
    this.#selection = selection;
    this.#keyOf = keyOf;
  }

  /** Forgets where ranges begin: places have become those of another list. */
  reset(): void {
    this.#latest++;
    this.#anchor = null;
  }

  /** Selects the row at a place, as `mode` says; nothing while it is not there. Throws a SelectionLimitError. */
  pick(place: number, mode: Exclude<PickMode, 'range'>): string | null {
    const row = this.#list.rowAt(place);
    if (row === undefined) return null;
    this.reset();
    this.#anchor = place;
    const picked = this.#picked(row, place);
    const fits = mode === 'only' ? this.#selection.set([picked]) : this.#selection.toggle(picked);
    if (!fits) throw new SelectionLimitError();
    return this.#words();
  }

  /**
   * Selects the rows from the last picked one (or else `from`) to a place and no others. Rejects with a
   * SelectionLimitError, or with the reason when rows cannot be had.
   */
  async extend(from: number, to: number): Promise<string | null> {
    const mine = ++this.#latest;
    this.#anchor ??= from;
    const first = Math.min(this.#anchor, to);
    const end = Math.max(this.#anchor, to) + 1;
    if (end - first > MAX_SELECTED) throw new SelectionLimitError();
    const rows = this.#list.rowsAtHand(first, end) ?? (await this.#list.read(first, end));
    if (mine !== this.#latest) return null;
    this.#selection.set(rows.map((row, offset) => this.#picked(row, first + offset)));
    return this.#words();
  }

  /** Selects all rows there are and will be. */
  all(): string {
    this.reset();
    this.#selection.setAll();
    return this.#words();
  }

  /** Lets go of the selection. */
  clear(): string | null {
    this.reset();
    if (this.#selection.isEmpty) return null;
    this.#selection.clear();
    return this.#words();
  }

  /**
   * Selects the row before or after the only selected one.
   * @returns it and its place, or null when there is none. Rejects with the reason when it cannot be had.
   */
  async neighbour(by: 1 | -1): Promise<PickedRow<Row> | null> {
    const present = this.#selection.rows[0];
    if (present === undefined) return null;
    const mine = ++this.#latest;
    const at = this.#list.find((row) => this.#keyOf(row) === present.key) ?? present.place;
    const [row] = await this.#list.read(Math.max(0, at + by), at + by + 1);
    if (row === undefined || mine !== this.#latest) return null;
    const picked = this.#picked(row, at + by);
    this.#anchor = picked.place;
    this.#selection.set([picked]);
    return picked;
  }

  #picked(row: Row, place: number): PickedRow<Row> {
    return { key: this.#keyOf(row), row, place };
  }

  #words(): string {
    return selectionInWords(this.#selection.countOf(this.#list.room));
  }
}
