import type { Locator, Page } from '@playwright/test';
import { panel, valueOf } from './panel.ts';

/** The screen of the community. */
export class Overview {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  panel(title: string): Locator {
    return panel(this.#page, title);
  }

  /** A figure of the Community panel. */
  figure(term: 'Total value' | 'Today' | 'Gain' | 'Portfolios' | 'Symbols held'): Locator {
    return valueOf(this.panel('Community'), term);
  }

  get movers(): Locator {
    return this.panel('Biggest movers today').getByRole('link');
  }

  get recent(): Locator {
    return this.#page.getByRole('list', { name: 'Latest opt-ins and opt-outs' }).getByRole('listitem');
  }
}
