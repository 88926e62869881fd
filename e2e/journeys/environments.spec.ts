import { expect } from '@playwright/test';
import { shownAmount } from '../expectations/exact-decimal.ts';
import { expectedPortfolio } from '../expectations/expected-portfolio.ts';
import { Api } from '../fixtures/api.ts';
import { PortfolioMarket } from '../fixtures/portfolio-market.ts';
import { test } from '../fixtures/test.ts';

test.use({ streams: ['dev', 'prod'] });

const valueOfAll = (market: PortfolioMarket): bigint =>
  [...market.shared.values()].reduce(
    (sum, holdings) => sum + expectedPortfolio(holdings, market.prices).value,
    0n,
  );

test('switching from dev to prod and back mixes nothing', async ({ nats, natsApp, natsDesk: desk }) => {
  const api = new Api(natsApp);
  const dev = new PortfolioMarket('dev');
  const prod = new PortfolioMarket('prod');
  const counts = { dev: 0, prod: 0 };
  counts.dev += await nats.publish([...dev.opening(9, 'dev-fund'), dev.price('SYM1', 1.01)]);
  counts.prod += await nats.publish([...prod.opening(5, 'prod-fund'), prod.price('SYM1', 900.09)]);

  const shows = async (market: PortfolioMarket, received: number): Promise<void> => {
    await expect(desk.shell.environment).toHaveText(market.env);
    await desk.shell.go('System');
    await expect.poll(() => desk.system.ledger()).toEqual([received, received, 0, 0, 0]);
    await expect(desk.system.figure('Environment')).toHaveText(market.env);
    await desk.shell.go('Portfolios');
    await expect
      .poll(async () => (await desk.portfolios.list.names()).sort())
      .toEqual([...market.shared.keys()].sort());
    await desk.shell.go('Overview');
    await expect(desk.overview.figure('Total value')).toHaveText(shownAmount(valueOfAll(market)));
    await expect(desk.overview.recent).toHaveCount(market.shared.size);
    const history = await api.get<{ items: { portfolio_count: number }[] }>('/api/community/history');
    expect(history.items.every((point) => point.portfolio_count <= market.shared.size)).toBe(true);
  };

  await shows(dev, counts.dev);
  expect(await api.status('/api/portfolios/prod-fund-01')).toBe(404);
  await desk.shell.switchTo('prod');
  await shows(prod, counts.prod);
  expect(await api.status('/api/portfolios/dev-fund-01')).toBe(404);
  expect(await api.status('/api/portfolios/dev-fund-01?env=dev')).toBe(200);

  counts.dev += await nats.publish([dev.price('SYM2', 2.02), dev.optOut('dev-fund-09')]);
  counts.prod += await nats.publish([prod.price('SYM2', 800.08)]);
  await shows(prod, counts.prod);
  await desk.shell.switchTo('dev');
  await expect.poll(async () => (await api.portfolios()).length).toBe(8);
  await desk.shell.go('Portfolios');
  await expect(desk.portfolios.list.row('prod-fund-01')).toHaveCount(0);
  await desk.shell.go('System');
  await expect.poll(() => desk.system.ledger()).toEqual([counts.dev, counts.dev, 0, 0, 0]);
  expect((await api.system()).environments).toEqual(expect.arrayContaining(['dev', 'prod']));
});

test('a name that is no environment is refused where it is typed', async ({ desk }) => {
  await desk.shell.environment.click();
  await desk.page.getByRole('menuitem', { name: 'Another environment…' }).click();
  const dialog = desk.page.getByRole('dialog', { name: 'Another environment' });
  await dialog.getByLabel('Name').fill('No Such');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Name').fill('staging-2');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await desk.page.getByRole('button', { name: 'Stay on demo' }).click();
  await expect(desk.shell.environment).toHaveText('demo');
});
