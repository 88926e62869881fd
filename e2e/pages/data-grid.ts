import type { Locator, Page } from '@playwright/test';

/** A grid with header, filter and totals. */
export class DataGrid {
  readonly grid: Locator;
  readonly filter: Locator;
  readonly totals: Locator;
  /** The button behind which changes wait while the list is held still. */
  readonly waiting: Locator;

  constructor(page: Page, name: string, filterName: string) {
    this.grid = page.getByRole('grid', { name, exact: true });
    this.filter = page.getByRole('searchbox', { name: filterName });
    this.totals = this.grid.getByRole('row', { name: 'Totals' });
    this.waiting = page.getByRole('button', { name: /\d+ new|\d+ removed|order changed/i });
  }

  header(title: string): Locator {
    return this.grid.getByRole('columnheader', { name: title, exact: true });
  }

  /** The rows that are drawn, without header and totals, in no particular order. */
  get rows(): Locator {
    return this.grid.locator('[role="row"][aria-selected]');
  }

  /** The row whose first cell says just this. */
  row(name: string): Locator {
    const first = this.grid.page().getByRole('gridcell', { name, exact: true });
    return this.grid.getByRole('row').filter({ has: first });
  }

  /** A cell by its row and the title of its column. */
  async cell(row: Locator, column: string): Promise<Locator> {
    const index = await this.header(column).getAttribute('aria-colindex');
    return row.locator(`[aria-colindex="${index}"]`);
  }

  /** What the first cells say, from top to bottom. */
  async names(): Promise<string[]> {
    const cells = await this.rows.locator('[aria-colindex="1"]').evaluateAll((found) =>
      found.map((cell) => ({
        text: cell.textContent.trim(),
        top: cell.getBoundingClientRect().top,
      })),
    );
    return cells.sort((a, b) => a.top - b.top).map(({ text }) => text);
  }
}
