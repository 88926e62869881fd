import type { Snippet } from 'svelte';
import type { PagedGridModel } from './paged-grid-model.svelte.ts';

/** What the component PagedGrid is given. */
export interface PagedGridProps<Row> {
  /** The grid's state; it also says `atTop`, `held`, `selectedCount`, `selectedRow` and `shownCount`. */
  grid: PagedGridModel<Row>;
  label: string;
  /** Rows that came after the list's moment: more than 0 shows a button with their number. */
  newCount?: number;
  /** Called for that button; the owner gives a source of a later version. The view then goes to the top. */
  onTakeNew?(): void;
  /** How many lines of totals stand below the rows; they are drawn by the columns' `footer`. Default: 0. */
  footerLines?: number;
  /** Shown in place of rows when there are none. */
  empty?: Snippet;
  /** Tools at the start of the bar over the grid. */
  tools?: Snippet;
}
