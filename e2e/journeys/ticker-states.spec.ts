import { expect } from '@playwright/test';
import type { Watchlist } from '../../src-contract/ticker.ts';
import { Api } from '../fixtures/api.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { test } from '../fixtures/test.ts';

test('a symbol without prices says so, and is subscribed to from its page', async ({ app, desk }) => {
  await app.visit(desk.page, '/tickers/NOBODY');
  await expect(desk.ticker.panel('Quote')).toContainText('No price of NOBODY is known');
  await expect(desk.ticker.panel('Chart')).toContainText('No prices of NOBODY recorded yet');
  await expect(desk.ticker.panel('Sources')).toContainText('No source has a price of it');
  const watched = async () =>
    (await new Api(app).get<{ watchlists: Watchlist[] }>('/api/watchlists')).watchlists[0]?.symbols;
  await desk.ticker.subscribe().click();
  await expect(desk.ticker.unsubscribe()).toBeVisible();
  expect(await watched()).toEqual(['NOBODY']);
  await desk.ticker.unsubscribe().click();
  await expect(desk.ticker.subscribe()).toBeVisible();
  expect(await watched()).toEqual([]);
});

test('axe finds nothing serious in chart, table, menus and dialog', async ({ app, desk }) => {
  test.slow();
  const { page, ticker } = desk;
  await new Api(app).send('POST', '/api/subscriptions', '{"symbol":"AAPL"}');
  await app.visit(page, '/tickers/AAPL?with=sma-20,bollinger-20-2,rsi-14,macd-12-26-9&beside=MSFT,TSLA');
  await expect(ticker.indicator('MACD 12 26 9')).not.toContainText('—');
  await expect(ticker.compared('TSLA')).toContainText(/\d/);
  expect(await seriousViolations(page), 'chart').toEqual([]);
  await page.getByRole('button', { name: 'Indicators' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await seriousViolations(page), 'indicators').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await ticker.compareButton.click();
  await expect(page.getByRole('dialog').getByRole('list', { name: 'Known symbols' })).toBeVisible();
  expect(await seriousViolations(page), 'dialog').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await ticker.table();
  expect(await seriousViolations(page), 'table').toEqual([]);
});
