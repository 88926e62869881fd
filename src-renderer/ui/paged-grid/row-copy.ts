import { copiedInWords } from './grid-words.ts';
import type { PagedColumn } from './paged-column.ts';
import { MAX_SELECTED, type RowSelection } from './row-selection.svelte.ts';
import type { ShownList } from './shown-list.svelte.ts';
import { tsvOf } from './tsv.ts';

/** A copy to put on the clipboard, and what to say when it is there. */
export interface RowsAsText {
  text: string;
  words: string;
}

/** What a copy is made from. */
export interface CopySource<Row> {
  list: ShownList<Row>;
  selection: RowSelection<Row>;
  keyOf(row: Row): string;
  /** The columns that are seen, in their order. */
  columns(): readonly PagedColumn<Row>[];
  /** The row with the active cell. */
  activeRow(): Row | undefined;
}

/** Makes copies of the selected rows or, when none is, of the active one; of "all" the first 10,000. */
export class RowCopy<Row> {
  readonly #source: CopySource<Row>;
  /** What was fetched for a copy, good for the list it came from. */
  #ahead: { rows: readonly Row[]; of: object | null } | null = null;

  constructor(source: CopySource<Row>) {
    this.#source = source;
  }

  /**
   * The copy, when all its rows are at hand; a page may write to the clipboard only in the moment of the key press. Null
   * when rows have to be fetched first.
   */
  atHand(): RowsAsText | null {
    const { selection, list } = this.#source;
    if (selection.isEmpty) return this.#copyOf([this.#source.activeRow()].filter((row) => row !== undefined));
    if (!selection.isAll) return this.#copyOf(selection.rows.map(({ row }) => row));
    const ahead = this.#ahead?.of === list.identity ? this.#ahead.rows : null;
    this.#ahead = null;
    const rows = ahead ?? list.rowsAtHand(0, this.#length());
    return rows === null ? null : this.#copyOf(rows);
  }

  /** Fetches what is missing, for the next {@link atHand}. Returns what to say; rejects with the reason. */
  async fetchAhead(): Promise<string> {
    const { list } = this.#source;
    const of = list.identity;
    const rows = await list.read(0, this.#length());
    this.#ahead = { rows, of };
    return 'All rows are at hand now: copy once more';
  }

  #length(): number {
    return Math.min(this.#source.list.room, MAX_SELECTED);
  }

  #copyOf(candidates: readonly Row[]): RowsAsText {
    const { selection, list } = this.#source;
    const isCopied = (row: Row): boolean => !selection.isAll || selection.has(this.#source.keyOf(row));
    const rows = candidates.filter(isCopied);
    const isPart = selection.isAll && list.room > MAX_SELECTED;
    const words = copiedInWords(rows.length, isPart ? selection.countOf(list.room) : rows.length);
    return { text: tsvOf(this.#source.columns(), rows), words };
  }
}
