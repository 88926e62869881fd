import type { ColumnMemory } from '../grid/column-layout.svelte.ts';
import type { SortKey } from '../grid/sort.ts';
import type { PagedColumn } from './paged-column.ts';
import type { RowSource } from './row-source.ts';

/** What a paged grid shows and how. Functions without a parameter are read reactively: getters over state. */
export interface PagedGridOptions<Row> {
  columns: readonly PagedColumn<Row>[];
  /** Where widths, order and hidden columns are remembered; without it they last as long as the grid. */
  memory?: ColumnMemory;
  /** Tells rows apart, over all sources. */
  keyOf(row: Row): string;
  /** The list to show. Null while there is none yet: what was shown last stays, dimmed; at first there are skeletons. */
  source(): RowSource<Row> | null;
  /** The sort that is asked for, which the header shows. */
  sort(): readonly SortKey[];
  /** Called for a press of a header; the owner gives the next `sort` and `source`. */
  onSort(sort: readonly SortKey[]): void;
  /** Called for Enter or a double click on a row. */
  open?(row: Row): void;
  /** A click opens the row, too. */
  openOnClick?: boolean;
  /** Whether a row is to be highlighted briefly when it is first seen; the flash setting and reduced motion are obeyed. */
  isNew?(row: Row): boolean;
}
