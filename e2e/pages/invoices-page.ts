import type { Locator, Page } from '@playwright/test';
import { shownMinor, type ExpectedTotal } from '../expectations/expected-invoices.ts';
import { DataGrid } from './data-grid.ts';
import { panel, valueOf } from './panel.ts';

/** A file as the browser saved it. */
export interface SavedFile {
  name: string;
  content: Buffer;
}

/** The screen of invoices: run, statistics, filter, list, details, views, export and import. */
export class InvoicesPage {
  readonly #page: Page;
  readonly list: DataGrid;

  constructor(page: Page) {
    this.#page = page;
    this.list = new DataGrid(page, 'Invoices', 'Text');
  }

  get run(): Locator {
    return panel(this.#page, 'Invoice run');
  }

  get statistics(): Locator {
    return panel(this.#page, 'Statistics');
  }

  /** The state of the run as it is named: Idle, Running, Draining, Finished. */
  get state(): Locator {
    return this.run.locator('[data-run-state]');
  }

  command(name: 'Start' | 'Go on' | 'Stop' | 'Reset'): Locator {
    return this.run.getByRole('button', { name, exact: true });
  }

  get undo(): Locator {
    return this.run.getByRole('button', { name: /^Undo/ });
  }

  get gauge(): Locator {
    return this.run.getByRole('meter', { name: 'Produced, shown and waiting' });
  }

  /** A figure of the run to be set. */
  figure(label: 'Produced per s' | 'Shown per s' | 'Duration, s'): Locator {
    return this.run.getByLabel(label, { exact: true });
  }

  card(title: 'Invoices' | 'Gross' | 'VAT' | 'Average gross'): Locator {
    return this.statistics.getByRole('region', { name: title, exact: true });
  }

  /** The large figure of a card. */
  cardFigure(title: 'Invoices' | 'Gross' | 'VAT' | 'Average gross'): Locator {
    return this.card(title).getByRole('paragraph');
  }

  get filter(): Locator {
    return this.#page.getByRole('search', { name: 'Filter invoices' });
  }

  /** A field of the filter by its label. */
  field(label: string): Locator {
    return this.filter.getByLabel(label, { exact: true });
  }

  /** What stands at the filter's fields as wrong. */
  get complaint(): Locator {
    return this.filter.getByRole('alert');
  }

  /** What the drawn rows show in a column, from top to bottom. */
  async column(title: string): Promise<string[]> {
    const index = await this.#header(title).getAttribute('aria-colindex');
    const cells = await this.list.rows.evaluateAll(
      (rows, place) =>
        rows.map((row) => ({
          row: Number(row.getAttribute('aria-rowindex')),
          text: row.querySelector(`[aria-colindex="${place}"]`)?.textContent.trim() ?? '',
        })),
      index,
    );
    return cells.sort((a, b) => a.row - b.row).map(({ text }) => text);
  }

  /** What the lines of totals say, by currency. */
  async totals(): Promise<Map<string, ExpectedTotal>> {
    const lines = await this.#footer();
    return new Map(
      lines.map(({ number, net, vat, gross }) => {
        const [count = '', currency = ''] = number.split(' in ');
        const sums = { net: shownMinor(net), vat: shownMinor(vat), gross: shownMinor(gross) };
        return [currency, { count: Number(count.replaceAll(',', '')), ...sums }];
      }),
    );
  }

  async #footer(): Promise<Record<'number' | 'net' | 'vat' | 'gross', string>[]> {
    const place = async (title: string): Promise<string> =>
      (await this.#header(title).getAttribute('aria-colindex')) ?? '';
    const places = {
      number: await place('Number'),
      net: await place('Net'),
      vat: await place('VAT'),
      gross: await place('Gross'),
    };
    return this.list.totals.evaluateAll((lines, at) => {
      const textOf = (line: Element, index: string): string =>
        line.querySelector(`[aria-colindex="${index}"]`)?.textContent.trim() ?? '';
      return lines.map((line) => ({
        number: textOf(line, at.number),
        net: textOf(line, at.net),
        vat: textOf(line, at.vat),
        gross: textOf(line, at.gross),
      }));
    }, places);
  }

  header(title: string): Locator {
    return this.#header(title);
  }

  /** With its place in the sort a header says more than its title. */
  #header(title: string): Locator {
    return this.list.grid.getByRole('columnheader', { name: new RegExp(`^${title}( , level \\d.*)?$`) });
  }

  row(number: string): Locator {
    return this.list.row(number);
  }

  /** The button behind which new rows wait. */
  get waiting(): Locator {
    return this.#page.getByRole('button', { name: /^[\d,]+ new$/ });
  }

  /** The line over the list that says how many invoices the filter keeps. */
  count(words: string): Locator {
    return panel(this.#page, 'List of invoices').getByText(words, { exact: true });
  }

  /** Shows the totals of all currencies, where some are folded away. */
  async unfoldTotals(): Promise<void> {
    const more = this.list.grid.getByRole('button', { name: /more currencies$/ });
    if (await more.isVisible()) await more.click();
  }

  get details(): Locator {
    return this.#page.getByRole('dialog', { name: /^Invoice / });
  }

  get views(): Locator {
    return this.#page.getByRole('main').getByRole('button', { name: 'Views', exact: true });
  }

  /** Names what is looked at as a view. */
  async saveView(name: string): Promise<void> {
    await this.views.click();
    await this.#page.getByRole('menuitem', { name: 'Save this view…' }).click();
    await this.#page.getByRole('dialog').getByLabel('Name').fill(name);
    await this.#page.getByRole('button', { name: 'Save', exact: true }).click();
  }

  async chooseView(name: string): Promise<void> {
    await this.views.click();
    await this.#page.getByRole('menuitem', { name, exact: true }).click();
  }

  /** Begins an export; it goes on by itself. */
  async export(format: 'CSV' | 'Parquet' | 'JSON'): Promise<void> {
    await this.#page.getByRole('main').getByRole('button', { name: 'Export', exact: true }).click();
    await this.#page.getByRole('menuitem', { name: new RegExp(`^${format},`) }).click();
  }

  /** Exports and imports that run, or have ended. */
  get jobs(): Locator {
    return this.#page.getByRole('list', { name: 'Exports and imports' }).getByRole('listitem');
  }

  /** Saves what the newest export has made. */
  async save(extension: string): Promise<SavedFile> {
    const link = this.jobs.getByRole('link', { name: new RegExp(`^Save .*\\.${extension} `) }).first();
    const [download] = await Promise.all([this.#page.waitForEvent('download'), link.click()]);
    const parts: Buffer[] = [];
    for await (const part of await download.createReadStream()) parts.push(part as Buffer);
    return { name: download.suggestedFilename(), content: Buffer.concat(parts) };
  }

  get importing(): Locator {
    return this.#page.getByRole('dialog', { name: /^Import invoices into / });
  }

  /** A figure of what an import would do, or did. */
  imported(term: 'New' | 'Stored' | 'Known and the same' | 'In conflict' | 'Invalid'): Locator {
    return valueOf(this.importing, term);
  }

  /** Opens the import and gives it a file. */
  async import(file: SavedFile): Promise<void> {
    await this.#page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
    await this.chooseFile(file);
  }

  /** Gives the open import a file. */
  async chooseFile(file: SavedFile): Promise<void> {
    await this.importing
      .getByLabel('Drop a CSV file here, or choose one')
      .setInputFiles({ name: file.name, mimeType: 'text/csv', buffer: file.content });
  }

  async clickHeader(title: string, modifiers: 'Shift'[] = []): Promise<void> {
    await this.#header(title).click({ modifiers });
  }
}
