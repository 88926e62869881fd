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

  /** Puts another body in its place and redrives it. */
  async redriveAs(body: string): Promise<void> {
    await this.body.fill(body);
    await this.details.getByRole('button', { name: 'Redrive as edited' }).click();
  }

  /** Chooses all that match, listed or not. */
  async chooseAll(): Promise<void> {
    await this.panel.getByRole('button', { name: /^Choose all\b/ }).click();
  }

  /** Opens the dialog that redrives the chosen ones. */
  async redriveChosen(): Promise<void> {
    await this.panel.getByRole('button', { name: /^Redrive [\d,]+ rejects?…$/ }).click();
  }

  /** The dialog that redrives several. */
  get redriving(): Locator {
    return this.#page.getByRole('dialog', { name: /^Redrive [\d,]+ rejects?$/ });
  }

  get patch(): Locator {
    return this.redriving.getByLabel('Merge patch', { exact: true });
  }

  /** A button of the dialog. */
  act(name: string | RegExp): Locator {
    return this.redriving.getByRole('button', { name });
  }
}
