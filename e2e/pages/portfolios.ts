import type { Locator, Page } from '@playwright/test';
import { DataGrid } from './data-grid.ts';
import { panel } from './panel.ts';

/** The list of shared portfolios. */
export class Portfolios {
  readonly #page: Page;
  readonly list: DataGrid;

  constructor(page: Page) {
    this.#page = page;
    this.list = new DataGrid(page, 'Shared portfolios', 'Filter portfolios');
  }

  get panel(): Locator {
    return panel(this.#page, 'Shared portfolios');
  }

  /** A total under a column. */
  async total(column: string): Promise<string> {
    const cell = await this.list.cell(this.list.totals, column);
    return (await cell.innerText()).trim();
  }
}
