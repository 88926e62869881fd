import type { Snippet } from 'svelte';
import type { ColumnBasis } from '../grid/column.ts';
import type { SortDirection } from '../grid/sort.ts';

/** A column of a paged grid. The one that is not `hideable` names the row: it stays first, and in sight. */
export interface PagedColumn<Row> extends ColumnBasis {
  /** Whether the header sorts. Default: true. */
  sortable?: boolean;
  /** Direction of the first press of the header. Default: ascending. */
  firstDirection?: SortDirection;
  /** The cell in a copy of the row; tabs, quotes and line breaks are taken care of. */
  text(row: Row): string;
  /** Draws the cell of a row. */
  cell: Snippet<[Row]>;
  /** Draws the total below the column in the given line of the footer, from 0. */
  footer?: Snippet<[line: number]>;
}
