import { expect } from '@playwright/test';
import type { Watchlist } from '../../src-contract/ticker.ts';
import { Api } from '../fixtures/api.ts';
import { seriousViolations } from '../fixtures/axe.ts';
import { test } from '../fixtures/test.ts';

/** Symbols of the built-in mock, and the range it keeps each price in. */
const RANGES = { AAPL: [145, 155], GOOGL: [2700, 2800], MSFT: [305, 320], TSLA: [240, 260] } as const;
const SYMBOLS = Object.keys(RANGES) as (keyof typeof RANGES)[];

const watched = async (api: Api): Promise<Watchlist[]> =>
  (await api.get<{ watchlists: Watchlist[] }>('/api/watchlists')).watchlists;

/** Subscribes over HTTP, as a script would. */
async function subscribeAll(api: Api, symbols: readonly string[]): Promise<void> {
  for (const symbol of symbols) {
    const answer = await api.send('POST', '/api/subscriptions', JSON.stringify({ symbol }));
    expect(answer.status).toBeLessThan(300);
  }
}

test('symbols are subscribed by typing, show prices in their range, and go by ×', async ({ app, desk }) => {
  const api = new Api(app);
  await desk.shell.go('Tickers');
  for (const symbol of SYMBOLS) {
    await desk.tickers.subscribe(symbol === 'AAPL' ? 'aapl ' : symbol);
    await expect(desk.tickers.row(symbol)).toBeVisible();
    await expect(desk.tickers.box).toHaveValue('');
  }
  expect(await desk.tickers.symbols()).toEqual(SYMBOLS);
  for (const symbol of SYMBOLS) {
    const [low, high] = RANGES[symbol];
    await expect(await desk.tickers.cell(symbol, 'State')).toContainText('live');
    await expect(await desk.tickers.cell(symbol, 'Source')).toContainText('Stock API');
    const price = await desk.tickers.price(symbol);
    expect(price).toBeGreaterThanOrEqual(low);
    expect(price).toBeLessThanOrEqual(high);
  }
  await desk.tickers.remove('MSFT').click();
  await expect(desk.tickers.row('MSFT')).toHaveCount(0);
  await expect.poll(async () => (await watched(api))[0]?.symbols).toEqual(['AAPL', 'GOOGL', 'TSLA']);
  await desk.tickers.undo();
  await expect.poll(() => desk.tickers.symbols()).toEqual(SYMBOLS);
});

test('what is no symbol is refused under the box with what is accepted', async ({ app, desk }) => {
  await desk.shell.go('Tickers');
  for (const text of ['<script>', 'A'.repeat(40), 'AAPL MSFT']) {
    await desk.tickers.subscribe(text);
    await expect(desk.tickers.complaint).toContainText('15');
    await expect(desk.tickers.box).toHaveValue(text);
    await expect(desk.tickers.box).toHaveAttribute('aria-invalid', 'true');
  }
  await desk.tickers.subscribe('TSLA');
  await expect(desk.tickers.row('TSLA')).toBeVisible();
  await desk.tickers.subscribe('tsla');
  await expect(desk.tickers.complaint).toContainText('TSLA');
  expect((await watched(new Api(app)))[0]?.symbols).toEqual(['TSLA']);
});

test('typing suggests known symbols, taken by the arrow keys or a click; an empty list offers some', async ({
  desk,
}) => {
  await desk.shell.go('Tickers');
  await desk.tickers.offer('AAPL').click();
  await expect(desk.tickers.row('AAPL')).toBeVisible();
  await desk.tickers.box.fill('goo');
  await expect(desk.tickers.suggestions.first()).toContainText('GOOGL');
  await desk.tickers.box.press('ArrowDown');
  await desk.tickers.box.press('Enter');
  await expect(desk.tickers.row('GOOGL')).toBeVisible();
  await desk.tickers.box.fill('ts');
  await desk.tickers.suggestions.filter({ hasText: 'TSLA' }).click();
  await expect(desk.tickers.row('TSLA')).toBeVisible();
  await expect(desk.tickers.box).toBeFocused();
});

test('the order is set by keys and by dragging, and is there after a reload', async ({ app, desk }) => {
  await subscribeAll(new Api(app), SYMBOLS);
  const { keyboard, mouse } = desk.page;
  await desk.shell.go('Tickers');
  await expect(desk.tickers.row('TSLA')).toBeVisible();
  await (await desk.tickers.cell('AAPL', 'State')).click();
  await keyboard.press('Alt+ArrowDown');
  await keyboard.press('Alt+ArrowDown');
  await expect.poll(() => desk.tickers.symbols()).toEqual(['GOOGL', 'MSFT', 'AAPL', 'TSLA']);
  await keyboard.press('Escape');

  await desk.tickers.handle('TSLA').hover();
  await mouse.down();
  const target = await desk.tickers.handle('GOOGL').boundingBox();
  await mouse.move((target?.x ?? 0) + 5, (target?.y ?? 0) + 5, { steps: 6 });
  await mouse.up();
  await expect.poll(() => desk.tickers.symbols()).toEqual(['TSLA', 'GOOGL', 'MSFT', 'AAPL']);
  await desk.page.reload();
  await expect.poll(() => desk.tickers.symbols()).toEqual(['TSLA', 'GOOGL', 'MSFT', 'AAPL']);
  await desk.tickers.showAs('Cards');
  await expect(desk.tickers.card('TSLA')).toContainText('live');
  await desk.page.reload();
  await expect(desk.tickers.card('MSFT')).toBeVisible();
});

test('lists are made, renamed, deleted and brought back', async ({ app, desk }) => {
  const api = new Api(app);
  await desk.shell.go('Tickers');
  await desk.tickers.createList('Cars');
  await expect(desk.tickers.tab('Cars')).toHaveAttribute('aria-selected', 'true');
  await desk.tickers.subscribe('TSLA');
  await expect(desk.tickers.row('TSLA')).toBeVisible();
  await desk.tickers.act('Cars', 'Rename…');
  await desk.page.getByRole('dialog').getByLabel('Name').fill('Vehicles');
  await desk.page.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(desk.tickers.tab('Vehicles')).toBeVisible();
  await desk.tickers.act('Vehicles', 'Delete');
  await expect(desk.tickers.tab('Vehicles')).toHaveCount(0);
  await desk.tickers.undo();
  await expect(desk.tickers.tab('Vehicles')).toBeVisible();
  await expect
    .poll(async () => (await watched(api)).map(({ name, symbols }) => `${name} ${symbols.join()}`))
    .toEqual(['Watchlist ', 'Vehicles TSLA']);
});

test('axe finds nothing serious in rows, cards and suggestions', async ({ app, desk }) => {
  await subscribeAll(new Api(app), SYMBOLS);
  await desk.shell.go('Tickers');
  await expect(await desk.tickers.cell('AAPL', 'State')).toContainText('live');
  expect(await seriousViolations(desk.page), 'rows').toEqual([]);
  await desk.tickers.box.fill('a');
  await expect(desk.tickers.suggestions.first()).toBeVisible();
  expect(await seriousViolations(desk.page), 'suggestions').toEqual([]);
  await desk.tickers.box.press('Escape');
  await desk.tickers.showAs('Cards');
  await expect(desk.tickers.card('AAPL')).toBeVisible();
  expect(await seriousViolations(desk.page), 'cards').toEqual([]);
});
