import { expect } from '@playwright/test';
import { centsOf, shownAmount } from '../expectations/exact-decimal.ts';
import { Api } from '../fixtures/api.ts';
import { PortfolioMarket } from '../fixtures/portfolio-market.ts';
import { test } from '../fixtures/test.ts';

test('the totals are those of the filtered rows, to the cent', async ({ nats, natsApp, natsDesk: desk }) => {
  const market = new PortfolioMarket('dev');
  const api = new Api(natsApp);
  await nats.publish([...market.opening(18, 'alpha'), ...market.opening(12, 'beta')]);
  await expect.poll(async () => (await api.portfolios()).length).toBe(30);
  await desk.shell.go('Portfolios');
  const { list } = desk.portfolios;
  for (const [typed, count] of [
    ['', '30'],
    ['BETA', '12 of 30'],
    ['-0', '18 of 30'],
    ['alpha-1', '9 of 30'],
  ] as const) {
    await list.filter.fill(typed);
    const rows = await api.portfolios(`&q=${typed.toLowerCase()}`);
    const sum = (of: (row: (typeof rows)[number]) => string): bigint =>
      rows.reduce((total, row) => total + centsOf(of(row)), 0n);
    await expect(await list.cell(list.totals, 'Portfolio')).toHaveText(count);
    await expect(await list.cell(list.totals, 'Value')).toHaveText(
      shownAmount(sum((row) => row.total_value.amount)),
    );
    await expect(await list.cell(list.totals, 'Gain')).toContainText(
      shownAmount(
        sum((row) => row.gain.amount),
        true,
      ),
    );
    expect(await desk.portfolios.total('Holdings')).toBe(
      String(rows.reduce((total, row) => total + row.holding_count, 0)),
    );
  }
  await list.filter.fill('gamma');
  await expect(list.grid).toContainText('gamma');
  await expect(list.rows).toHaveCount(0);
});

test('a column is sorted and a row opened without a mouse', async ({ nats, natsApp, natsDesk: desk }) => {
  const market = new PortfolioMarket('dev');
  const api = new Api(natsApp);
  await nats.publish(market.opening(12, 'fund'));
  await expect.poll(async () => (await api.portfolios()).length).toBe(12);
  await desk.shell.go('Portfolios');
  const { list } = desk.portfolios;
  const { keyboard } = desk.page;
  const byValue = (await api.portfolios())
    .sort((a, b) => Number(centsOf(b.total_value.amount) - centsOf(a.total_value.amount)))
    .map(({ slug }) => slug);
  await expect(list.header('Value')).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(() => list.names()).toEqual(byValue);

  await list.filter.focus();
  while (!(await list.grid.evaluate((grid) => grid.contains(document.activeElement)))) {
    await keyboard.press('Tab');
  }
  await keyboard.press('Control+ArrowUp');
  await keyboard.press('ArrowUp');
  await keyboard.press('Home');
  await expect(list.header('Portfolio')).toBeFocused();
  await keyboard.press('Enter');
  await expect(list.header('Portfolio')).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(() => list.names()).toEqual([...byValue].sort());
  await keyboard.press('Enter');
  await expect.poll(() => list.names()).toEqual([...byValue].sort().reverse());

  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(desk.shell.heading('fund-11')).toBeVisible();
  await desk.page.goBack();
  await expect(desk.shell.heading('Portfolios')).toBeVisible();
});

test('a click on a name opens its page', async ({ app, desk }) => {
  const [first] = await new Api(app).portfolios();
  const slug = first?.slug ?? '';
  await desk.shell.go('Portfolios');
  await desk.portfolios.list.filter.fill(slug);
  await desk.portfolios.list.row(slug).getByRole('link', { name: slug }).click();
  await expect(desk.shell.heading(slug)).toBeVisible();
  await expect(desk.portfolio.panel('Allocation')).toHaveAttribute('data-state', 'live');
});

test('a page of what is not shared says so, and fills when it opts in', async ({
  nats,
  natsApp,
  natsDesk: desk,
}) => {
  const market = new PortfolioMarket('dev');
  await natsApp.visit(desk.page, '/portfolios/nobody-yet');
  await expect(desk.portfolio.notShared).toContainText('nobody-yet is not shared');
  await nats.publish([
    market.price('ABC', 12.5),
    market.optIn('nobody-yet', [{ symbol: 'ABC', quantity: 3, avg_price: 10 }]),
  ]);
  await expect(desk.portfolio.figure('Total value')).toHaveText('$37.50');
});
