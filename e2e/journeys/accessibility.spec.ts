import { expect } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import type { App } from '../fixtures/app.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { HOST_IS_GONE } from '../fixtures/complaints.ts';
import { showInvoices, startRun } from '../fixtures/invoice-runs.ts';
import { PortfolioMarket } from '../fixtures/portfolio-market.ts';
import { test } from '../fixtures/test.ts';
import type { Desk } from '../pages/desk.ts';

// Axe looks at many screens in one journey, and keeps a processor busy meanwhile.
test.describe.configure({ timeout: 180_000 });

const SCREENS = [
  'Overview',
  'Portfolios',
  'Tickers',
  'Invoices',
  'Activity',
  'Analytics',
  'System',
  'Settings',
] as const;

/** Looks at every screen of the rail. */
async function lookAround(desk: Desk): Promise<void> {
  for (const screen of SCREENS) {
    await desk.shell.go(screen);
    await expect(desk.shell.heading(screen)).toBeVisible();
    await expect(desk.page.locator('[data-state="loading"]')).toHaveCount(0);
    expect(await seriousViolations(desk.page), screen).toEqual([]);
  }
}

async function firstSlug(app: App): Promise<string> {
  const [first] = await new Api(app).portfolios();
  return first?.slug ?? '';
}

test.describe('axe finds nothing serious', () => {
  test('on live screens', async ({ app, desk }) => {
    await lookAround(desk);
    await app.visit(desk.page, `/portfolios/${await firstSlug(app)}`);
    await expect(desk.portfolio.panel('Timeline')).toHaveAttribute('data-state', 'live');
    expect(await seriousViolations(desk.page)).toEqual([]);
    await app.visit(desk.page, '/tickers/AAPL?with=sma-20,rsi-14&beside=MSFT');
    await expect(desk.ticker.panel('Chart')).toHaveAttribute('data-state', 'live');
    await expect(desk.ticker.compared('MSFT')).not.toContainText('loading');
    expect(await seriousViolations(desk.page), 'ticker').toEqual([]);
  });

  test.describe('and no data', () => {
    test.use({ args: ['--no-demo'] });
    test('on empty screens', async ({ app, desk }) => {
      await expect(desk.overview.panel('Community')).toHaveAttribute('data-state', 'empty');
      await lookAround(desk);
      await app.visit(desk.page, '/portfolios/nobody');
      await expect(desk.portfolio.notShared).toBeVisible();
      expect(await seriousViolations(desk.page)).toEqual([]);
      await app.visit(desk.page, '/tickers/NOBODY');
      await expect(desk.ticker.panel('Chart')).toHaveAttribute('data-state', 'empty');
      expect(await seriousViolations(desk.page), 'ticker').toEqual([]);
      await app.visit(desk.page, '/no-such-screen');
      await expect(desk.page.getByText('There is no screen at')).toBeVisible();
      expect(await seriousViolations(desk.page)).toEqual([]);
    });
  });

  test.describe('and a host that is gone', { tag: '@headless' }, () => {
    test.use({ allowedComplaints: HOST_IS_GONE });
    test('on stale screens', async ({ app, desk }) => {
      for (const screen of SCREENS) {
        await desk.shell.go(screen);
        await expect(desk.page.locator('[data-state="loading"]')).toHaveCount(0);
      }
      await desk.shell.go('Overview');
      await expect(desk.overview.panel('Community')).toHaveAttribute('data-state', 'live');
      await app.stop();
      await expect(desk.shell.banner).toBeVisible();
      await expect(desk.overview.panel('Community')).toHaveAttribute('data-state', 'stale');
      await lookAround(desk);
    });
  });

  test('in dialogs, the palette, menus and a failed service', async ({ app, desk }) => {
    const { keyboard } = desk.page;
    await desk.shell.search('a');
    await expect(desk.shell.palette.getByRole('option').first()).toBeVisible();
    expect(await seriousViolations(desk.page), 'palette').toEqual([]);
    await keyboard.press('Escape');
    await expect(desk.shell.palette).toBeHidden();
    await keyboard.press('?');
    await expect(desk.shell.shortcuts).toBeVisible();
    expect(await seriousViolations(desk.page), 'shortcuts').toEqual([]);
    await keyboard.press('Escape');
    await expect(desk.shell.shortcuts).toBeHidden();
    await desk.shell.environment.click();
    await expect(desk.page.getByRole('menu')).toBeVisible();
    expect(await seriousViolations(desk.page), 'environment menu').toEqual([]);
    await desk.page.getByRole('menuitem', { name: /^prod/ }).click();
    await expect(desk.page.getByRole('dialog')).toContainText('Switch from demo to prod?');
    expect(await seriousViolations(desk.page), 'environment dialog').toEqual([]);
    await keyboard.press('Escape');
    await expect(desk.page.getByRole('dialog')).toBeHidden();
    await desk.shell.go('System');
    await desk.system.crashWorker(await firstSlug(app));
    await expect(desk.system.failedServices).toHaveCount(1);
    expect(await seriousViolations(desk.page), 'failed service').toEqual([]);
  });
});

test('axe finds nothing serious in invoices, their details and dialogs', async ({ app, desk }) => {
  const api = new Api(app);
  await showInvoices(api, 200);
  await startRun(api, { rate_per_s: 5, display_rate_per_s: 1, duration_s: 300 });
  const { invoices, page } = desk;
  await desk.shell.go('Invoices');
  await expect(invoices.state).toHaveText('Running');
  await (await invoices.list.cell(invoices.row('PD-00000200'), 'State')).click();
  await expect(invoices.details.getByRole('group', { name: 'Lines' })).toBeVisible();
  expect(await seriousViolations(page), 'selected row and details').toEqual([]);
  await page.keyboard.press('Escape');
  await invoices.unfoldTotals();
  await invoices.field('Text').fill('"');
  await expect(invoices.complaint).toBeVisible();
  await invoices.field('Company').fill('a');
  await expect(invoices.filter.getByRole('option').first()).toBeVisible();
  // While the rows of another filter are fetched the old ones are dimmed.
  await expect(page).toHaveURL(/company=a/);
  await expect(invoices.list.grid).toHaveAttribute('aria-busy', 'false');
  expect(await seriousViolations(page), 'complaint, suggestions, totals').toEqual([]);
  await invoices.field('Company').press('Escape');
  await invoices.filter.getByRole('button', { name: 'Clear' }).click();
  await invoices.export('CSV');
  await expect(invoices.jobs.getByRole('link')).toBeVisible();
  await invoices.command('Stop').click();
  await invoices.command('Reset').click();
  await expect(invoices.undo).toBeVisible();
  expect(await seriousViolations(page), 'ended export, reset').toEqual([]);
  await invoices.import({ name: 'wrong.csv', content: Buffer.from('number,company,net\nA-1,,lots\n') });
  await expect(invoices.importing.getByRole('group', { name: 'Problems' })).toBeVisible();
  expect(await seriousViolations(page), 'import').toEqual([]);
  await page.keyboard.press('Escape');
  await invoices.views.click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await seriousViolations(page), 'view').toEqual([]);
});

test('rejects and their inspector pass axe', async ({ nats, natsDesk: desk }) => {
  const market = new PortfolioMarket('dev');
  await nats.publish([...market.opening(2, 'fund'), { subject: 'dev.stock.price_updated', body: '{' }]);
  await desk.rejects.open();
  await desk.rejects.inspect(desk.rejects.rows.first());
  await expect(desk.rejects.body).toBeVisible();
  expect(await seriousViolations(desk.page)).toEqual([]);
});
