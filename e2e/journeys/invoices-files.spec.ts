import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { expectedTotals } from '../expectations/expected-invoices.ts';
import { readCsv, readJson, readParquet, shortOf } from '../expectations/exported-invoices.ts';
import { Api } from '../fixtures/api.ts';
import type { App } from '../fixtures/app.ts';
import { issue, showInvoices } from '../fixtures/invoice-runs.ts';
import { test } from '../fixtures/test.ts';

const FORMATS = [
  { format: 'CSV', extension: 'csv', read: readCsv },
  { format: 'JSON', extension: 'json', read: readJson },
  { format: 'Parquet', extension: 'parquet', read: readParquet },
] as const;

/** What lies in the folder of exports, finished or not. */
const exportsOf = ({ dataFolder }: App): string[] => readdirSync(join(dataFolder, 'exports')).sort();

test(
  'each format holds the rows and totals that the screen shows, in its order',
  { tag: '@headless' },
  async ({ app, desk }) => {
    const api = new Api(app);
    await showInvoices(api, 1000);
    const { invoices } = desk;
    await app.visit(desk.page, '/invoices?state=open&sort=-gross');
    const rows = await api.invoices('state=open&sort=-gross');
    const totals = expectedTotals(rows);
    await expect(invoices.count(`${rows.length.toLocaleString('en-US')} invoices`)).toBeVisible();
    await invoices.unfoldTotals();
    await expect.poll(() => invoices.totals()).toEqual(totals);
    for (const { format, extension, read } of FORMATS) {
      await invoices.export(format);
      const { name, content } = await invoices.save(extension);
      expect(name).toMatch(new RegExp(`^invoices-demo-.*\\.${extension}$`));
      const exported = await read(content);
      expect(exported.rows, format).toEqual(rows.map(shortOf));
      expect(exported.totals, format).toEqual(totals);
    }
    expect(exportsOf(app)).toHaveLength(FORMATS.length);
  },
);

test('a cancelled export leaves nothing behind', async ({ app, desk }) => {
  const api = new Api(app);
  await showInvoices(api, 20_000);
  const { invoices } = desk;
  await desk.shell.go('Invoices');
  await expect(invoices.count('20,000 invoices')).toBeVisible();
  await invoices.export('Parquet');
  await invoices.jobs.getByRole('button', { name: 'Cancel' }).click();
  await expect(invoices.jobs).toHaveCount(0);
  const { items } = await api.get<{ items: { state: string; file: unknown }[] }>('/api/jobs');
  expect(items).toMatchObject([{ state: 'cancelled', file: null }]);
  await expect.poll(() => exportsOf(app)).toEqual([]);
});

test(
  'what was exported and comes back is all known; nothing is stored before it is agreed to',
  {
    tag: '@headless',
  },
  async ({ app, desk }) => {
    const api = new Api(app);
    await showInvoices(api, 300);
    await issue(api, 'A-1', { company: '=1+1 "GmbH", Köln', net: '1091.50', currency: 'EUR' });
    const { invoices } = desk;
    await desk.shell.go('Invoices');
    await expect(invoices.count('301 invoices')).toBeVisible();
    await invoices.export('CSV');
    const file = await invoices.save('csv');
    expect(file.content.toString()).toContain(`"'=1+1 ""GmbH"", Köln"`);
    const before = await api.invoices();
    await invoices.import(file);
    await expect(invoices.importing).toContainText('301 rows, of which 0 would be stored');
    await expect(invoices.imported('Known and the same')).toHaveText('301');
    await expect(invoices.importing.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
    await invoices.importing.getByRole('button', { name: 'Choose another file' }).click();

    const lines = [
      'number,company,currency,issued_at,net,vat_percent',
      'A-1,"=1+1 ""GmbH"", Köln",EUR,2026-01-02T00:00:00.000Z,1091.51,15',
      'A-2,Bolts & Co,EUR,2026-01-02T00:00:00.000Z,1091.50,15',
      'A-3,Nobody,EUR,2026-01-02T00:00:00.000Z,lots,15',
    ];
    await invoices.chooseFile({ name: 'more.csv', content: Buffer.from(lines.join('\n')) });
    await expect(invoices.imported('New')).toHaveText('1');
    await expect(invoices.imported('In conflict')).toHaveText('1');
    await expect(invoices.imported('Invalid')).toHaveText('1');
    const problems = invoices.importing.getByRole('group', { name: 'Problems' });
    await expect(problems.getByRole('row', { name: /^2 A-1 Conflict:/ })).toBeVisible();
    await expect(problems.getByRole('row', { name: /^4 A-3 Invalid:.*net/ })).toBeVisible();
    expect(await api.invoices()).toEqual(before);
    await invoices.importing.getByRole('button', { name: 'Import 1 invoice' }).click();
    await expect(invoices.importing).toContainText('1 invoice of more.csv was stored.');
    await invoices.importing.getByRole('button', { name: 'Done' }).click();
    await expect(invoices.count('302 invoices')).toBeVisible();
    const [found] = await api.invoices('q=bolts');
    expect(found).toMatchObject({ number: 'A-2', source: 'import', vat: { amount: '163.73' } });
  },
);
