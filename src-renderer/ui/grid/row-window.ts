/** What the window over a list is computed from; all lengths in CSS pixels. */
export interface WindowInput {
  scrollTop: number;
  /** Height of the part of the scroller in which rows are seen, without sticky header and footer. */
  viewportHeight: number;
  rowHeight: number;
  rowCount: number;
}

/** Rows to draw: from `first` up to, but not including, `end`. */
export interface RowWindow {
  first: number;
  end: number;
}

const OVERSCAN = 6;

/** The rows that are seen, and a few above and below so that scrolling never shows a blank. */
export function rowWindow(input: WindowInput): RowWindow {
  const { scrollTop, viewportHeight, rowHeight, rowCount } = input;
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight) - OVERSCAN;
  const end = Math.ceil((Math.max(0, scrollTop) + viewportHeight) / rowHeight) + OVERSCAN;
  return { first: Math.min(rowCount, Math.max(0, first)), end: Math.max(0, Math.min(rowCount, end)) };
}

/** How many whole rows fit; what Page Up and Page Down move by. */
export function rowsPerPage(input: Pick<WindowInput, 'viewportHeight' | 'rowHeight'>): number {
  return Math.max(1, Math.floor(input.viewportHeight / input.rowHeight));
}

/** The scroll position nearest to the present one at which `row` is seen whole. */
export function scrollTopToShow(row: number, input: WindowInput): number {
  const top = row * input.rowHeight;
  if (top < input.scrollTop) return top;
  const lowest = top + input.rowHeight - input.viewportHeight;
  return Math.max(input.scrollTop, lowest);
}
