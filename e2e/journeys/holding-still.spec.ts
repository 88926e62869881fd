import { expect } from '@playwright/test';
import { shownAmount } from '../expectations/exact-decimal.ts';
import { expectedPortfolio } from '../expectations/expected-portfolio.ts';
import { Api } from '../fixtures/api.ts';
import { PortfolioMarket } from '../fixtures/portfolio-market.ts';
import { watchPlace } from '../fixtures/still-watch.ts';
import { test } from '../fixtures/test.ts';

/** Rounds of changes; each turns the order of the list around, the last one leaves it turned. */
const ROUNDS = 25;

test('the selected row stands still to the pixel while values and order change', async ({
  nats,
  natsApp,
  natsDesk: desk,
}) => {
  const market = new PortfolioMarket('dev');
  await nats.publish(market.opening(12, 'fund'));
  await desk.shell.go('Portfolios');
  const { list } = desk.portfolios;
  await expect(list.rows).toHaveCount(12);
  const before = await list.names();
  const slug = before[5] ?? '';
  const row = list.row(slug);
  await (await list.cell(row, 'Holdings')).click();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  const watch = await watchPlace(row);

  const value = await list.cell(row, 'Value');
  for (let round = 1; round <= ROUNDS; round++) {
    const turned = Array.from({ length: 12 }, (_, index) =>
      market.price(`SYM${index + 1}`, (round % 2 === 0 ? index + 1 : 12 - index) * 10 + round / 8),
    );
    await nats.publish(turned);
    const expected = expectedPortfolio(market.shared.get(slug) ?? [], market.prices);
    await expect(value).toHaveText(shownAmount(expected.value));
  }
  await expect(list.waiting).toHaveText('Order changed');
  await nats.publish([market.optIn('newcomer', [{ symbol: 'SYM1', quantity: 1_000_000, avg_price: 1 }])]);
  await expect(list.waiting).toContainText('1 new');
  expect(await list.names()).toEqual(before);
  const { tops, frames } = await watch.places();
  expect(tops).toHaveLength(1);
  expect(frames).toBeGreaterThan(ROUNDS);

  await list.waiting.click();
  await expect(list.waiting).toBeHidden();
  const api = new Api(natsApp);
  const byValue = (await api.portfolios())
    .sort((a, b) => Number(b.total_value.amount) - Number(a.total_value.amount))
    .map(({ slug: name }) => name);
  await expect.poll(() => list.names()).toEqual(byValue);
  expect(byValue[0]).toBe('newcomer');
  await desk.page.keyboard.press('Escape');
});

test('a list that is not looked at follows at once', async ({ nats, natsDesk: desk }) => {
  const market = new PortfolioMarket('dev');
  await nats.publish(market.opening(6, 'fund'));
  await desk.shell.go('Portfolios');
  const { list } = desk.portfolios;
  await expect(list.rows).toHaveCount(6);
  await nats.publish([market.optIn('first', [{ symbol: 'SYM1', quantity: 1e6, avg_price: 1 }])]);
  await expect.poll(async () => (await list.names())[0]).toBe('first');
  await expect(list.waiting).toBeHidden();
});
