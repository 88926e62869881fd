import type { Locator, Page } from '@playwright/test';
import { panel } from './panel.ts';

/** The bench on which rejected events are mended and redriven. */
export class RejectsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Goes there as a user does: by the link beside the title of Analytics. */
  async open(): Promise<void> {
    await this.#page
      .getByRole('navigation', { name: 'Screens' })
      .getByRole('link', { name: 'Analytics' })
      .click();
    await this.#page
      .getByRole('main')
      .getByRole('link', { name: /^(\d+ )?rejects?$/i })
      .click();
  }

  get panel(): Locator {
    return panel(this.#page, 'Rejects bench');
  }

  get rows(): Locator {
    return this.#page.getByRole('list', { name: 'Rejected events' }).getByRole('listitem');
  }

  /** Shows the details of a row. */
  async inspect(row: Locator): Promise<void> {
    await row.getByRole('button').click();
  }

  /** The details of a reject. */
  get details(): Locator {
    return this.#page.getByRole('dialog', { name: /^Rejected event \d+$/ });
  }

  /** The text of the body in the details. */
  get body(): Locator {
    return this.details.getByLabel('Body', { exact: true });
  }
}
