import { expect } from '@playwright/test';
import { amountOf, centsOf, shownAmount } from '../expectations/exact-decimal.ts';
import { expectedPortfolio } from '../expectations/expected-portfolio.ts';
import { Api } from '../fixtures/api.ts';
import { PortfolioMarket } from '../fixtures/portfolio-market.ts';
import { test } from '../fixtures/test.ts';

test('every portfolio over HTTP equals what its publisher computes', async ({ nats, natsApp }) => {
  const market = new PortfolioMarket('dev');
  const api = new Api(natsApp);
  const sent = await nats.publish([
    ...market.opening(36, 'fund'),
    market.price('SYM3', 31.115),
    market.update('fund-07', [
      { symbol: 'SYM3', quantity: 3.333, avg_price: 10.005 },
      { symbol: 'NEW1', quantity: 2, avg_price: 4.445 },
    ]),
    market.optOut('fund-36'),
    market.price('SYM7', 0.0149),
    ...Array.from({ length: 200 }, (_, index) => market.price(`SYM${(index % 12) + 1}`, 20 + index / 7)),
  ]);
  await expect.poll(async () => (await api.system()).ledger).toMatchObject({ received: sent, stored: sent });
  expect((await api.portfolios()).map(({ slug }) => slug)).toEqual([...market.shared.keys()]);
  for (const [slug, holdings] of market.shared) {
    const portfolio = await api.portfolio(slug);
    const expected = expectedPortfolio(holdings, market.prices);
    expect(
      {
        value: portfolio.total_value.amount,
        cost: portfolio.cost_basis.amount,
        gain: portfolio.gain.amount,
        partial: portfolio.partial,
        holdings: portfolio.holdings.map(({ symbol, value, cost }) => [symbol, value?.amount, cost.amount]),
      },
      slug,
    ).toEqual({
      value: amountOf(expected.value),
      cost: amountOf(expected.cost),
      gain: amountOf(expected.gain),
      partial: expected.partial,
      holdings: expect.arrayContaining(
        expected.holdings.map(({ symbol, value, cost }) => [
          symbol,
          value === null ? undefined : amountOf(value),
          amountOf(cost),
        ]),
      ),
    });
    for (const { weight, value } of portfolio.holdings) {
      const share = value === null ? null : Number(centsOf(value.amount)) / Number(expected.value);
      if (share === null) expect(weight).toBeNull();
      else expect(weight).toBeCloseTo(share, 9);
    }
  }
});

test('the screens show the same to the cent, and follow', async ({ nats, natsApp, natsDesk: desk }) => {
  const market = new PortfolioMarket('dev');
  await nats.publish(market.opening(24, 'fund'));
  await natsApp.visit(desk.page, '/portfolios/fund-05');
  const shows = async (): Promise<void> => {
    const expected = expectedPortfolio(market.shared.get('fund-05') ?? [], market.prices);
    await expect(desk.portfolio.figure('Total value')).toHaveText(shownAmount(expected.value));
    await expect(desk.portfolio.figure('Cost basis')).toHaveText(shownAmount(expected.cost));
    await expect(desk.portfolio.figure('Gain')).toContainText(shownAmount(expected.gain, true));
    for (const { symbol, value } of expected.holdings) {
      const row = desk.portfolio.holdings.row(symbol);
      await expect(await desk.portfolio.holdings.cell(row, 'Value')).toHaveText(shownAmount(value ?? 0n));
    }
  };
  await shows();
  await nats.publish([market.price('SYM5', 77.777)]);
  await shows();
  await nats.publish([market.update('fund-05', [{ symbol: 'SYM1', quantity: 7.005, avg_price: 1.115 }])]);
  await shows();
  await expect(desk.portfolio.timeline.first()).toContainText('Updated');
  await expect(desk.portfolio.timeline).toHaveCount(2);
  await desk.shell.go('Overview');
  const total = [...market.shared.values()].reduce(
    (sum, holdings) => sum + expectedPortfolio(holdings, market.prices).value,
    0n,
  );
  await expect(desk.overview.figure('Total value')).toHaveText(shownAmount(total));
  await expect(desk.overview.figure('Portfolios')).toHaveText('24');
});

test('a portfolio that opted out is found nowhere', async ({ nats, natsApp, natsDesk: desk }) => {
  const market = new PortfolioMarket('dev');
  const api = new Api(natsApp);
  await nats.publish(market.opening(12, 'fund'));
  await natsApp.visit(desk.page, '/portfolios/fund-03');
  await expect(desk.portfolio.panel('Metrics')).toHaveAttribute('data-state', 'live');
  await nats.publish([market.optOut('fund-03')]);
  await expect(desk.portfolio.notShared).toContainText('fund-03 is not shared');
  for (const path of ['', '/history', '/timeline']) {
    expect(await api.status(`/api/portfolios/fund-03${path}`)).toBe(404);
  }
  expect(await api.portfolios('&q=fund-03')).toEqual([]);
  await desk.shell.search('fund-03');
  await expect(desk.shell.palette).toContainText('No command, shared portfolio or known symbol matches');
  await desk.page.keyboard.press('Escape');
  await desk.shell.go('Portfolios');
  await expect(desk.portfolios.list.row('fund-04')).toBeVisible();
  await expect(desk.portfolios.list.row('fund-03')).toHaveCount(0);
  await desk.shell.go('Overview');
  await expect(desk.overview.recent.first()).toContainText('a portfolio that is not shared any more');
  await expect(desk.page.getByText('fund-03')).toHaveCount(0);
  await nats.publish([market.optIn('fund-03', [{ symbol: 'SYM1', quantity: 1, avg_price: 1 }])]);
  await natsApp.visit(desk.page, '/portfolios/fund-03');
  await expect(desk.portfolio.timeline).toHaveCount(1);
});

test.describe('without a stream', () => {
  test.use({ streams: [] });

  test('the source says that it delivers at most once', async ({ natsDesk: desk }) => {
    await expect(desk.shell.chip('NATS')).toBeVisible();
    await desk.shell.go('System');
    await expect(desk.system.panel('Streams and offsets')).toContainText('NATS: at most once');
  });
});
