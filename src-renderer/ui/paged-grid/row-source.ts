import type { SortKey } from '../grid/sort.ts';

/**
 * A list of rows that is asked for by place, as it stood at one moment: what a place holds never changes. Another filter,
 * sort or moment is another source.
 */
export interface RowSource<Row> {
  /** What the list is of: filter, environment. When it changes the view goes to the top and the selection is let go of. */
  readonly scope: string;
  /** The order that `fetch` gives rows in. When it changes the view goes to the top. */
  readonly sort: readonly SortKey[];
  /** The moment of the list. When it alone changes, the view stays and the rows change all at once when they are there. */
  readonly version: string | number;
  /** How many rows there are; null while that is not known, the grid then goes by the pages that came. */
  readonly count: number | null;
  /**
   * Rows from a place on, at most `limit`, fewer only at the end of the list. Rejects with an Error whose message says why
   * it failed. `signal` aborts when nobody wants the rows any more.
   */
  fetch(offset: number, limit: number, signal: AbortSignal): Promise<readonly Row[]>;
}
