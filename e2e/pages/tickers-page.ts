import type { Locator, Page } from '@playwright/test';
import { DataGrid } from './data-grid.ts';

/** The screen of watched symbols. */
export class TickersPage {
  readonly #page: Page;
  readonly list: DataGrid;

  constructor(page: Page) {
    this.#page = page;
    this.list = new DataGrid(page, 'Quotes', 'Filter symbols');
  }

  get box(): Locator {
    return this.#page.getByRole('combobox', { name: 'Subscribe to a symbol' });
  }

  /** What the box says is wrong. */
  get complaint(): Locator {
    return this.#page.getByRole('main').getByRole('alert');
  }

  get suggestions(): Locator {
    return this.#page.getByRole('listbox', { name: 'Known symbols' }).getByRole('option');
  }

  /** The offers of an empty list. */
  offer(symbol: string): Locator {
    return this.#page.getByRole('button', { name: `Subscribe to ${symbol}`, exact: true });
  }

  /** The line that says how prices come in. */
  get priceStatus(): Locator {
    return this.#page.getByRole('group', { name: 'How prices come in' });
  }

  tab(name: string): Locator {
    return this.#page.getByRole('tab', { name: new RegExp(`^${name}\\b`) });
  }

  card(symbol: string): Locator {
    return this.#page.getByRole('article', { name: symbol, exact: true });
  }

  async showAs(view: 'Rows' | 'Cards'): Promise<void> {
    await this.#page.getByRole('radio', { name: view, exact: true }).check({ force: true });
  }

  /** Types a symbol and presses Enter, once the list is there that it goes into. */
  async subscribe(text: string): Promise<void> {
    await this.#page.getByRole('main').getByRole('tabpanel').waitFor();
    await this.box.fill(text);
    await this.box.press('Enter');
  }

  remove(symbol: string): Locator {
    return this.#page.getByRole('button', { name: `Unsubscribe ${symbol}`, exact: true });
  }

  /** The handle a row is dragged by. */
  handle(symbol: string): Locator {
    return this.row(symbol).getByTitle('Drag to order');
  }

  row(symbol: string): Locator {
    return this.list.grid
      .getByRole('row')
      .filter({ has: this.#page.getByRole('link', { name: symbol, exact: true }) });
  }

  /** The symbols of the rows, from top to bottom. */
  async symbols(): Promise<string[]> {
    const links = await this.list.rows
      .getByRole('link')
      .evaluateAll((found) =>
        found.map((link) => ({ symbol: link.textContent.trim(), top: link.getBoundingClientRect().top })),
      );
    return links.sort((a, b) => a.top - b.top).map(({ symbol }) => symbol);
  }

  /** What a row says of its price. */
  async cell(symbol: string, column: string): Promise<Locator> {
    return this.list.cell(this.row(symbol), column);
  }

  /** The price of a symbol as a number. */
  async price(symbol: string): Promise<number> {
    const text = await (await this.cell(symbol, 'Price')).innerText();
    return Number(text.replaceAll(/[^\d.]/g, ''));
  }

  async undo(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Undo', exact: true }).click();
  }

  async createList(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'New list', exact: true }).click();
    await this.#page.getByRole('dialog').getByLabel('Name').fill(name);
    await this.#page.getByRole('button', { name: 'Create', exact: true }).click();
  }

  /** Chooses what to do with the list that is shown. */
  async act(list: string, action: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Actions of the list ${list}`, exact: true }).click();
    await this.#page.getByRole('menuitem', { name: action, exact: true }).click();
  }
}
