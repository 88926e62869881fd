import { expect } from '@playwright/test';
import { expectedTotals } from '../expectations/expected-invoices.ts';
import { Api } from '../fixtures/api.ts';
import { issue, showInvoices, startRun } from '../fixtures/invoice-runs.ts';
import { watchPlace } from '../fixtures/still-watch.ts';
import { test } from '../fixtures/test.ts';

test('filter, sort by several columns and totals agree with the rows over HTTP; the address keeps them', async ({
  app,
  desk,
}) => {
  const api = new Api(app);
  await showInvoices(api, 1200);
  const { invoices } = desk;
  await desk.shell.go('Invoices');
  await expect(invoices.count('1,200 invoices')).toBeVisible();
  // Only what can be seen is drawn, however many there are.
  expect(await invoices.list.rows.count()).toBeLessThan(100);
  const paths = (): string => new URL(desk.page.url()).search;
  await invoices.field('State').selectOption('paid');
  await invoices.field('Gross from').fill('100.00');
  await invoices.field('Gross to').fill('50000');
  await expect.poll(paths).toContain('max=50000');

  const rows = await api.invoices('state=paid&min=100.00&max=50000');
  expect(rows.length).toBeGreaterThan(50);
  await expect(invoices.count(`${rows.length.toLocaleString('en-US')} invoices`)).toBeVisible();
  await invoices.unfoldTotals();
  const expected = expectedTotals(rows);
  await expect.poll(() => invoices.totals()).toEqual(expected);

  await invoices.clickHeader('Company');
  await invoices.clickHeader('Gross', ['Shift']);
  await expect(invoices.header('Company')).toHaveAttribute('aria-sort', 'ascending');
  await expect(invoices.header('Gross')).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(paths).toContain('sort=company%2C-gross');
  const sorted = await api.invoices('state=paid&min=100.00&max=50000&sort=company,-gross');
  const numbers = sorted.map(({ number }) => number);
  const isShown = async (): Promise<boolean> => {
    const shown = await invoices.column('Number');
    return shown.length > 5 && shown.every((number, place) => number === numbers[place]);
  };
  await expect.poll(isShown).toBe(true);

  const address = paths();
  await desk.page.reload();
  await expect(invoices.field('Gross to')).toHaveValue('50000');
  await expect.poll(isShown).toBe(true);
  expect(paths()).toBe(address);
  await desk.shell.go('Overview');
  await desk.page.goBack();
  await expect(invoices.field('State')).toHaveValue('paid');
  await expect.poll(isShown).toBe(true);

  await invoices.saveView('Paid, by company');
  await expect(desk.shell.notice('The view Paid, by company was saved')).toBeVisible();
  await invoices.filter.getByRole('button', { name: 'Clear' }).click();
  await expect(invoices.count('1,200 invoices')).toBeVisible();
  await expect(invoices.field('State')).toHaveValue('');
  await desk.page.reload();
  await invoices.chooseView('Paid, by company');
  await expect(invoices.field('State')).toHaveValue('paid');
  await expect.poll(isShown).toBe(true);
});

test('at a hundred new rows a second the selected row does not move, and the new ones wait to be brought in', async ({
  app,
  desk,
}) => {
  const api = new Api(app);
  await showInvoices(api, 300);
  const { invoices } = desk;
  await desk.shell.go('Invoices');
  const [, , , , chosen] = await api.invoices();
  const number = chosen?.number ?? '';
  await (await invoices.list.cell(invoices.row(number), 'State')).click({ modifiers: ['ControlOrMeta'] });
  await expect(invoices.row(number)).toHaveAttribute('aria-selected', 'true');
  const before = await invoices.column('Number');
  const watch = await watchPlace(invoices.row(number));
  await startRun(api, { rate_per_s: 100, display_rate_per_s: 100, duration_s: 3 });
  const waiting = async (): Promise<number> =>
    Number(((await invoices.waiting.textContent()) ?? '').replaceAll(/\D/g, ''));
  await expect(invoices.waiting).toBeVisible();
  await expect.poll(waiting).toBeGreaterThan(100);
  await expect.poll(waiting).toBe(300);
  await expect(invoices.cardFigure('Invoices')).toHaveText('600');
  const { tops, frames } = await watch.places();
  expect(tops).toHaveLength(1);
  expect(frames).toBeGreaterThan(10);
  expect(await invoices.column('Number')).toEqual(before);

  await invoices.waiting.click();
  await expect(invoices.waiting).toBeHidden();
  const [newest] = await api.invoices();
  await expect.poll(async () => (await invoices.column('Number'))[0]).toBe(newest?.number);
  await invoices.unfoldTotals();
  await expect.poll(() => invoices.totals()).toEqual(expectedTotals(await api.invoices()));
});

test('rows that are only looked at come in by themselves', async ({ app, desk }) => {
  const api = new Api(app);
  await desk.shell.go('Invoices');
  await startRun(api, { rate_per_s: 20, display_rate_per_s: 20, duration_s: 3 });
  await expect(desk.invoices.row('PD-00000060')).toBeVisible();
  await expect(desk.invoices.waiting).toBeHidden();
  expect((await desk.invoices.column('Number'))[0]).toBe('PD-00000060');
});

/** Companies with letters that search engines and databases trip over. */
const COMPANIES = {
  'A-1': '100%_sure',
  'A-2': 'O\'Neil "Bolts" & Söhne',
  'A-3': '🚀 Rocket',
  'A-4': 'שלום עולם בע"מ',
  'A-5': 'شركة النور',
  'A-6': '日本電気',
  'A-7': 'DROP TABLE invoice; --',
} as const;

/** What is typed, and the invoices that must be found. */
const SEARCHES: readonly (readonly [text: string, numbers: readonly string[]])[] = [
  ['100%', ['A-1']],
  ["o'neil", ['A-2']],
  ['"Bolts"', ['A-2']],
  ['söhne', ['A-2']],
  ['🚀', ['A-3']],
  ['שלום', ['A-4']],
  ['בע"מ', ['A-4']],
  ['النور', ['A-5']],
  ['日本', ['A-6']],
  ['drop table invoice; --', ['A-7']],
  ['rocket OR bolts', []],
  ['NEAR(rocket bolts)', []],
  ['roc*', ['A-3']],
  ['  bolts   söhne ', ['A-2']],
];

test('text with wildcards, quotes, emoji and right-to-left letters finds what it means, or says why not', async ({
  app,
  desk,
}) => {
  const api = new Api(app);
  for (const [number, company] of Object.entries(COMPANIES)) {
    await issue(api, number, { company, net: '10.00', currency: 'EUR' });
  }
  const { invoices } = desk;
  await desk.shell.go('Invoices');
  await expect(invoices.list.rows).toHaveCount(Object.keys(COMPANIES).length);
  const text = invoices.field('Text');
  for (const [typed, numbers] of SEARCHES) {
    await text.fill(typed);
    await expect.poll(() => invoices.column('Number'), typed).toEqual(numbers);
    await expect(invoices.complaint).toHaveCount(0);
  }
  await text.fill('x'.repeat(10_000));
  await expect(invoices.complaint).toHaveText('10,000 characters: use at most 200.');
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  await text.fill('%"\'(*');
  await expect(invoices.complaint).toBeVisible();
  await expect(invoices.complaint).not.toContainText(/sql|fts|match/i);
  await text.fill('rocket');
  await expect(invoices.complaint).toHaveCount(0);
  await expect.poll(() => invoices.column('Number')).toEqual(['A-3']);
});
