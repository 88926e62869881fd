import { expect } from '@playwright/test';
import type { BreakerSpan } from '../../src-contract/polling.ts';
import type { CandlePage } from '../../src-contract/ticker.ts';
import { Api } from '../fixtures/api.ts';
import type { App } from '../fixtures/app.ts';
import type { NatsWorld } from '../fixtures/nats-world.ts';
import { PricedPast, type MinuteCandle } from '../fixtures/priced-past.ts';
import { test } from '../fixtures/test.ts';

const shownPrice = (price: number): string =>
  price.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 6 });

const shownTime = (at: number): string =>
  new Date(at).toLocaleString('en-GB', {
    timeZone: 'UTC',
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });

/** Publishes the past of a symbol and waits until the app has all of it. */
async function priced(nats: NatsWorld, app: App, ...pasts: PricedPast[]): Promise<void> {
  const api = new Api(app);
  const before = (await api.system()).ledger.stored;
  const sent = await nats.publish(pasts.flatMap((past) => past.messages()));
  await expect.poll(async () => (await api.system()).ledger.stored - before).toBe(sent);
}

/** The newest candles of a minute over HTTP, in the words of the test. */
async function candles(api: Api, symbol: string, limit = 1000): Promise<MinuteCandle[]> {
  const path = `/api/tickers/${symbol}/candles?interval=1m&limit=${limit}`;
  return (await api.get<CandlePage>(path)).items.map(({ time, open, high, low, close, ticks }) => ({
    at: Date.parse(time),
    ...{ open, high, low, close, ticks },
  }));
}

/** The average of the closing prices of `period` candles, the one at `last` being the newest. */
function average(list: readonly MinuteCandle[], last: number, period: number): string {
  const closes = list.slice(last - period + 1, last + 1).map(({ close }) => close);
  return (closes.reduce((sum, close) => sum + close, 0) / period).toFixed(2);
}

test('interval and look are in the address, and there after a reload and going back', async ({
  app,
  desk,
}) => {
  await new Api(app).send('POST', '/api/subscriptions', '{"symbol":"AAPL"}');
  await desk.shell.go('Tickers');
  await desk.tickers.row('AAPL').getByRole('link', { name: 'AAPL' }).click();
  await expect(desk.shell.heading('AAPL')).toBeVisible();
  await expect(desk.ticker.interval('1m')).toBeChecked();
  await desk.ticker.interval('1h').check({ force: true });
  await desk.ticker.kind('Area').check({ force: true });
  await expect(desk.page).toHaveURL(/\/tickers\/AAPL\?interval=1h&as=area/);
  await desk.page.reload();
  await expect(desk.ticker.interval('1h')).toBeChecked();
  await expect(desk.ticker.kind('Area')).toBeChecked();
  await expect(desk.ticker.summary).toContainText('of 1h');
  await desk.page.goBack();
  await expect(desk.shell.heading('Tickers')).toBeVisible();
});

test('the table behind the chart is what was published, to the digit', async ({
  nats,
  natsApp,
  natsDesk,
}) => {
  const past = new PricedPast('dev', 'ACME', 45, Date.now());
  await priced(nats, natsApp, past);
  expect(await candles(new Api(natsApp), 'ACME')).toEqual(past.candles);
  await natsApp.visit(natsDesk.page, '/tickers/ACME');
  await expect(natsDesk.ticker.summary).toContainText('45 candles of 1m');
  expect(await natsDesk.ticker.table()).toEqual(
    past.candles
      .map(({ at, open, high, low, close, ticks }) => [
        shownTime(at),
        ...[open, high, low, close].map(shownPrice),
        String(ticks),
        'nats',
      ])
      .reverse(),
  );
  await expect(natsDesk.ticker.source('NATS')).toContainText('in use');
});

test('what is live continues the newest candle', async ({ nats, natsApp, natsDesk: { page, ticker } }) => {
  const past = new PricedPast('dev', 'ACME', 5, Date.now());
  await priced(nats, natsApp, past);
  await natsApp.visit(page, '/tickers/ACME?interval=1m');
  await expect(ticker.figure('close')).toHaveText(shownPrice(past.candles.at(-1)?.close ?? 0));
  for (const [second, price, figures] of [
    [1, 100.01, { open: '100.01', high: '100.01', low: '100.01', ticks: '1' }],
    [2, 130.5, { open: '100.01', high: '130.50', low: '100.01', ticks: '2' }],
    [3, 90.125, { open: '100.01', high: '130.50', low: '90.125', ticks: '3' }],
  ] as const) {
    await nats.publish([past.message(price, past.end + second * 1000)]);
    await expect(ticker.figure('close')).toHaveText(shownPrice(price));
    for (const name of ['open', 'high', 'low', 'ticks'] as const) {
      await expect(ticker.figure(name)).toHaveText(figures[name]);
    }
    await expect(ticker.quote('Price')).toContainText(shownPrice(price));
  }
  await expect(ticker.summary).toContainText('6 candles of 1m');
  await nats.publish([past.message(91, past.end - 30_000)]);
  await ticker.chart.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(ticker.figure('low')).toHaveText(shownPrice(91));
  await expect(ticker.figure('ticks')).toHaveText('4');
});

test('a view that is read stands still, and offers the way back', async ({ nats, natsApp, natsDesk }) => {
  const { page, ticker } = natsDesk;
  const past = new PricedPast('dev', 'ACME', 20, Date.now());
  await priced(nats, natsApp, past);
  await natsApp.visit(page, '/tickers/ACME?interval=1s');
  await expect(ticker.summary).toContainText('60 candles of 1s');
  await ticker.chart.hover();
  await nats.publish(Array.from({ length: 9 }, (_, second) => past.message(100, past.end + second * 1000)));
  await expect(ticker.summary).toContainText('69 candles of 1s');
  await ticker.goToLive.click();
  await expect(ticker.goToLive).toHaveCount(0);
  // Only the screen scrolls, never what surrounds it.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
});

test('indicators show what their definition says, at every candle', async ({ nats, natsApp, natsDesk }) => {
  const { page, ticker } = natsDesk;
  const past = new PricedPast('dev', 'ACME', 80, Date.now());
  const expected = past.candles;
  await priced(nats, natsApp, past);
  await natsApp.visit(page, '/tickers/ACME');
  for (const title of ['SMA 20', 'SMA 50', 'Bollinger 20 2', 'RSI 14', 'MACD 12 26 9']) {
    await ticker.switchIndicator(title);
    await expect(ticker.indicator(title)).not.toContainText('—');
  }
  await expect(page).toHaveURL(/with=sma-20%2Csma-50%2Cbollinger-20-2%2Crsi-14%2Cmacd-12-26-9/);
  await ticker.chart.focus();
  for (let last = expected.length - 1; last > expected.length - 6; last -= 1) {
    await page.keyboard.press('ArrowLeft');
    await expect(ticker.figure('close')).toHaveText(shownPrice(expected[last]?.close ?? 0));
    await expect(ticker.indicator('SMA 20')).toHaveText(average(expected, last, 20));
    await expect(ticker.indicator('SMA 50')).toHaveText(average(expected, last, 50));
    await expect(ticker.indicator('Bollinger 20 2').getByTitle('Middle band')).toHaveText(
      average(expected, last, 20),
    );
  }
  await page.keyboard.press('Home');
  await expect(ticker.indicator('SMA 20')).toHaveText('—');
  await ticker.switchIndicator('SMA 20');
  await expect(ticker.indicator('SMA 20')).toHaveCount(0);
});

test('another symbol is drawn beside it, and taken away again', async ({ nats, natsApp, natsDesk }) => {
  const { page, ticker } = natsDesk;
  const now = Date.now();
  const other = new PricedPast('dev', 'OTHER', 30, now, 2000);
  await priced(nats, natsApp, new PricedPast('dev', 'ACME', 30, now), other);
  await natsApp.visit(page, '/tickers/ACME');
  await expect(ticker.figure('close')).toBeVisible();
  expect(await ticker.pointsOf('--series-6')).toBe(0);
  await ticker.compareWith(' other');
  await expect(ticker.compared('OTHER')).toContainText(shownPrice(other.candles.at(-1)?.close ?? 0));
  await expect(page).toHaveURL(/beside=OTHER/);
  await expect.poll(() => ticker.pointsOf('--series-6')).toBeGreaterThan(100);
  await page.reload();
  await expect(ticker.compared('OTHER')).toContainText(shownPrice(other.candles.at(-1)?.close ?? 0));
  await ticker.compareWith('NONE1');
  await expect(ticker.compared('NONE1')).toContainText('no prices recorded');
  await ticker.compareWith('NONE2');
  await expect(ticker.compareButton).toBeDisabled();
  for (const symbol of ['NONE2', 'NONE1', 'OTHER']) await ticker.stopComparing(symbol).click();
  await expect(page).not.toHaveURL(/beside=/);
  await expect.poll(() => ticker.pointsOf('--series-6')).toBe(0);
});

test('keys move the crosshair, and Home loads what is older', async ({ nats, natsApp, natsDesk }) => {
  const { page, ticker } = natsDesk;
  const past = new PricedPast('dev', 'ACME', 1300, Date.now());
  await priced(nats, natsApp, past);
  await natsApp.visit(page, '/tickers/ACME');
  await expect(ticker.summary).toContainText('500 candles of 1m');
  const close = (index: number) => shownPrice(past.candles.at(index)?.close ?? 0);
  await ticker.chart.focus();
  for (const [key, index] of [
    ['ArrowLeft', -1],
    ['ArrowLeft', -2],
    ['PageUp', -12],
    ['ArrowRight', -11],
    ['Home', -500],
  ] as const) {
    await page.keyboard.press(key);
    await expect(ticker.figure('close')).toHaveText(close(index));
  }
  await expect(ticker.summary).toContainText('1,300 candles of 1m');
  await expect(ticker.figure('close')).toHaveText(close(-500));
  await expect(ticker.goToLive).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(ticker.figure('close')).toHaveText(close(-501));
  await page.keyboard.press('Home');
  await expect(ticker.figure('close')).toHaveText(close(0));
  await page.keyboard.press('End');
  await expect(ticker.figure('close')).toHaveText(close(-1));
  await expect(ticker.goToLive).toHaveCount(0);
});

test(
  'the chart is saved as CSV and as a picture',
  { tag: '@headless' },
  async ({ nats, natsApp, natsDesk }) => {
    const { page, ticker } = natsDesk;
    const past = new PricedPast('dev', 'ACME', 60, Date.now());
    await priced(nats, natsApp, past);
    await natsApp.visit(page, '/tickers/ACME');
    await expect(ticker.figure('close')).toBeVisible();
    const csv = await ticker.save('Loaded candles (CSV)');
    expect(csv.name).toMatch(/^ACME-1m-.+Z\.csv$/);
    const [head, ...lines] = csv.content.toString('utf8').trimEnd().split('\r\n');
    expect(head).toBe('symbol,currency,time,open,high,low,close,ticks,source');
    expect(lines).toEqual(
      past.candles.map(({ at, open, high, low, close, ticks }) =>
        ['ACME', 'USD', new Date(at).toISOString(), open, high, low, close, ticks, 'nats'].join(','),
      ),
    );
    const { name, content } = await ticker.save('Picture (PNG)');
    expect(name).toMatch(/^ACME-1m-.+Z\.png$/);
    expect(content.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    const chart = await ticker.chart.boundingBox();
    expect(content.readUInt32BE(16)).toBeGreaterThanOrEqual(Math.floor(chart?.width ?? Infinity));
    expect(content.readUInt32BE(20)).toBeGreaterThanOrEqual(Math.floor(chart?.height ?? Infinity));
    expect(content.length).toBeGreaterThan(10_000);
  },
);

test('the chart asks for the times in which the breaker was open, whenever it changes', async ({
  app,
  desk,
}) => {
  const api = new Api(app);
  const spans = async () => (await api.get<{ items: BreakerSpan[] }>('/api/breaker/spans')).items;
  await api.send('POST', '/api/subscriptions', '{"symbol":"AAPL"}');
  let asked = 0;
  desk.page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (payload.toString().includes('breaker.spans')) asked += 1;
    }),
  );
  await app.visit(desk.page, '/tickers/AAPL?interval=1s');
  await expect(desk.ticker.chart).toBeVisible();
  await expect.poll(() => asked).toBe(1);
  const clear = asked;
  await api.send('POST', '/api/breaker/trip', '{}');
  await expect.poll(spans).toMatchObject([{ to: null }]);
  await expect.poll(() => asked).toBeGreaterThan(clear);
  await expect(desk.page.getByRole('main').getByText('breaker open').first()).toBeVisible();
  await api.send('POST', '/api/breaker/reset', '{}');
  await expect.poll(spans).toMatchObject([{ to: expect.any(String) }]);
  const [span] = await spans();
  expect(Date.parse(span?.to ?? '')).toBeGreaterThan(Date.parse(span?.from ?? ''));
});
