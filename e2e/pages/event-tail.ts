import type { Locator, Page } from '@playwright/test';
import { panel } from './panel.ts';

/** The panel that shows the newest events as they come. */
export class EventTail {
  readonly #page: Page;
  readonly #title: string;

  constructor(page: Page, title: string) {
    this.#page = page;
    this.#title = title;
  }

  get rows(): Locator {
    return this.#panel.getByRole('list', { name: `${this.#title}, newest first` }).getByRole('listitem');
  }

  /** Shows only what contains this text. */
  async filter(text: string): Promise<void> {
    await this.#panel.getByRole('searchbox', { name: 'Show only events that contain' }).fill(text);
  }

  /** Holds the list, and lets it run again. */
  button(name: 'Pause' | 'Go on'): Locator {
    return this.#panel.getByRole('button', { name, exact: true });
  }

  /** Takes in what came while the list was held. */
  get takeNew(): Locator {
    return this.#panel.getByRole('button', { name: /^[\d,]+ new$/ });
  }

  async inspect(row: Locator): Promise<void> {
    await row.getByRole('button').click();
  }

  /** The details of an event of this type. */
  details(type: string): Locator {
    return this.#page.getByRole('dialog', { name: `Event ${type}`, exact: true });
  }

  get #panel(): Locator {
    return panel(this.#page, this.#title);
  }
}
