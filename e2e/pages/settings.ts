import type { Locator, Page } from '@playwright/test';
import { panel } from './panel.ts';

/** The screen of settings. */
export class Settings {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  panel(title: string): Locator {
    return panel(this.#page, title);
  }

  /** A field of a panel by its label. */
  field(title: string, label: string): Locator {
    return this.panel(title).getByLabel(label, { exact: true });
  }

  /** What stands at a field as wrong. */
  complaint(title: string): Locator {
    return this.panel(title).getByRole('alert');
  }

  async save(title: string): Promise<void> {
    await this.panel(title).getByRole('button', { name: 'Save', exact: true }).click();
  }
}
