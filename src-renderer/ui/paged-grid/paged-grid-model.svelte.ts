import type { PagedGridOptions } from './paged-grid-options.ts';

/** State of a grid over rows that are fetched by place: what its owner reads and asks of it. */
export interface PagedGridState<Row> {
  /** Whether the first row is in sight. */
  readonly atTop: boolean;
  /** Whether somebody is at the rows: scrolled, selected, focused or pointed at. The owner then keeps its moment. */
  readonly held: boolean;
  /** How many rows are selected, also when it is all of them. */
  readonly selectedCount: number;
  /** The only selected row, or null. */
  readonly selectedRow: Row | null;
  /** How many rows the shown list has; null while unknown. */
  readonly shownCount: number | null;
  clearSelection(): void;
  /** Makes the row `by` places after the only selected one the selected one, scrolls to it, and gives it once it is there. */
  selectNeighbour(by: 1 | -1): Promise<Row | null>;
  scrollToTop(): void;
}

/** The state of a paged grid; made by the owner, handed to the component. */
export class PagedGridModel<Row> {
  readonly options: PagedGridOptions<Row>;

  constructor(options: PagedGridOptions<Row>) {
    this.options = options;
  }
}
