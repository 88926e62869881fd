import { expect } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import { showInvoices } from '../fixtures/invoice-runs.ts';
import { test } from '../fixtures/test.ts';

test('the list is walked, sorted and opened by keys alone, and the focus comes back', async ({
  app,
  desk,
}) => {
  const api = new Api(app);
  await showInvoices(api, 300);
  const newestFirst = (await api.invoices()).map(({ number }) => number);
  const { invoices, page } = desk;
  const { keyboard } = page;
  await desk.shell.go('Invoices');
  await expect(invoices.row(newestFirst[0] ?? '')).toBeVisible();
  const focused = page.locator('[role="gridcell"]:focus');
  const cell = (row: number, column: string) =>
    invoices.list.cell(invoices.row(newestFirst[row] ?? ''), column);

  // One stop of the Tab key for the whole grid.
  await page.getByRole('button', { name: 'Columns' }).focus();
  await keyboard.press('Tab');
  await expect(focused).toHaveCount(1);
  await keyboard.press('Control+Home');
  await expect(await cell(0, 'Number')).toBeFocused();
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowRight');
  await expect(await cell(1, 'Issued')).toBeFocused();
  await keyboard.press('End');
  await expect(focused).toHaveAttribute('aria-colindex', /^1[01]$/);
  await keyboard.press('Control+End');
  await expect(invoices.row(newestFirst.at(-1) ?? '')).toBeVisible();
  await expect(invoices.list.grid.getByRole('row').filter({ has: focused })).toHaveAttribute(
    'aria-rowindex',
    String(newestFirst.length + 1),
  );
  await keyboard.press('Control+Home');
  await keyboard.press('PageDown');
  await expect(await cell(0, 'Number')).not.toBeFocused();
  await keyboard.press('Control+Home');
  await keyboard.press('Home');

  await keyboard.press(' ');
  await expect(invoices.row(newestFirst[0] ?? '')).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(invoices.details).toContainText(newestFirst[0] ?? '');
  await expect(invoices.details).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(invoices.details).toContainText(newestFirst[1] ?? '');
  await expect(invoices.details.getByRole('group', { name: 'Lines' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(invoices.details).toBeHidden();
  await expect(await cell(1, 'Number')).toBeFocused();

  await keyboard.press('Control+Home');
  await keyboard.press('ArrowUp');
  await expect(invoices.header('Number')).toBeFocused();
  await keyboard.press('Enter');
  await expect(invoices.header('Number')).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(async () => (await invoices.column('Number'))[0]).toBe(newestFirst.at(-1));
  await expect(invoices.header('Number')).toBeFocused();

  await page.locator('body').press('/');
  await expect(invoices.field('Text')).toBeFocused();
});

test.describe('copied rows', { tag: '@headless' }, () => {
  test('are tab-separated with a header, amounts exact', async ({ app, desk }) => {
    const api = new Api(app);
    await showInvoices(api, 50);
    const { invoices, page } = desk;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await desk.shell.go('Invoices');
    const rows = (await api.invoices()).slice(0, 3);
    await (
      await invoices.list.cell(invoices.row(rows[0]?.number ?? ''), 'State')
    ).click({
      modifiers: ['ControlOrMeta'],
    });
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await expect(page.getByText('3 selected', { exact: true })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+c');
    await expect(desk.shell.notice('Copied 3 rows')).toBeVisible();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const [header = '', ...lines] = text
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => line.split('\t'));
    const valueOf = (line: string[], title: string) => line[header.indexOf(title)];
    expect(
      lines.map((line) => ['Number', 'Net', 'VAT', 'Gross', 'Currency'].map((title) => valueOf(line, title))),
    ).toEqual(
      rows.map(({ number, net, vat, gross }) => [
        number,
        net.amount,
        vat.amount,
        gross.amount,
        gross.currency,
      ]),
    );

    await page.keyboard.press('ControlOrMeta+a');
    await expect(page.getByText('50 selected', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('50 selected', { exact: true })).toBeHidden();
  });
});
