import type { Locator, Page } from '@playwright/test';
import { DataGrid } from './data-grid.ts';
import { panel, valueOf } from './panel.ts';

/** The page of one portfolio. */
export class PortfolioPage {
  readonly #page: Page;
  readonly holdings: DataGrid;

  constructor(page: Page) {
    this.#page = page;
    this.holdings = new DataGrid(page, 'Holdings', 'Filter holdings');
  }

  panel(title: string): Locator {
    return panel(this.#page, title);
  }

  figure(term: 'Total value' | 'Today' | 'Gain' | 'Cost basis' | 'Holdings' | 'Shared'): Locator {
    return valueOf(this.panel('Metrics'), term);
  }

  get notShared(): Locator {
    return this.panel('Not shared');
  }

  get timeline(): Locator {
    return this.#page.getByRole('list', { name: 'Timeline, newest first' }).getByRole('listitem');
  }
}
