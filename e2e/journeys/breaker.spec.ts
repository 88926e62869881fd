import { expect } from '@playwright/test';
import type { BreakerReport } from '../../src-contract/polling.ts';
import { Api } from '../fixtures/api.ts';
import { test } from '../fixtures/test.ts';

const report = (api: Api): Promise<BreakerReport> => api.get('/api/breaker');

test('while the API fails the breaker opens, no cell says live, and all are live again within 10 s', async ({
  app,
  desk,
}) => {
  const api = new Api(app);
  await desk.shell.go('Settings');
  await desk.settings.field('Stock API', 'Poll every, in seconds').fill('1');
  await desk.settings.save('Stock API');
  await expect(desk.shell.notice(/stock API settings were saved/i)).toBeVisible();
  await desk.shell.go('Tickers');
  for (const symbol of ['AAPL', 'MSFT']) {
    await desk.tickers.subscribe(symbol);
    await expect(await desk.tickers.cell(symbol, 'State')).toContainText('live');
  }
  await desk.shell.go('System');
  await desk.system.drill('Fail every call').click();
  await desk.shell.go('Tickers');
  for (const symbol of ['AAPL', 'MSFT']) {
    await expect(await desk.tickers.cell(symbol, 'State')).not.toContainText('live');
  }
  await expect(desk.shell.chip('Stock API')).toContainText(/breaker open since .+, probe in \d s/);
  await expect(await desk.tickers.cell('AAPL', 'State')).toContainText('breaker open');
  await expect(desk.tickers.priceStatus).toContainText('The API is left alone');
  expect((await report(api)).failures_in_a_row).toBeGreaterThanOrEqual(3);

  await desk.shell.go('System');
  await expect(desk.system.breaker('Failures in a row')).not.toHaveText('0');
  await desk.system.drill('No faults').click();
  const healedAt = Date.now();
  await desk.shell.go('Tickers');
  for (const symbol of ['AAPL', 'MSFT']) {
    const left = healedAt + 10_000 - Date.now();
    await expect(await desk.tickers.cell(symbol, 'State')).toContainText('live', { timeout: left });
  }
  await expect(desk.shell.chip('Stock API')).not.toContainText('breaker');
  const states = (await report(api)).history.map(({ from, to }) => `${from} ${to}`).reverse();
  expect(states[0]).toBe('closed open');
  expect(states.at(-1)).toBe('half_open closed');
  await desk.shell.go('System');
  await expect(desk.system.transitions).toHaveCount(states.length);
});

test('the breaker is tripped and reset by hand, which the audit list keeps', async ({ desk }) => {
  await desk.shell.go('System');
  await desk.page.getByRole('button', { name: 'Trip the breaker' }).click();
  await expect(desk.system.breaker('State')).toContainText('tripped by hand');
  await expect(desk.shell.chip('Stock API')).toContainText('tripped by hand since');
  await desk.page.getByRole('button', { name: 'Reset the breaker' }).click();
  await expect(desk.system.breaker('State')).toContainText('closed');
  await expect(desk.system.transitions).toHaveCount(2);
  await desk.system.refreshAudit();
  await expect(desk.system.auditRow('breaker.trip')).toHaveCount(1);
  await expect(desk.system.auditRow('breaker.reset')).toHaveCount(1);
});

test('the poller restarts alone after a crash', async ({ app, desk }) => {
  const api = new Api(app);
  await desk.shell.go('System');
  await desk.system.drill('Crash the poller').click();
  await expect
    .poll(async () => (await api.system()).services.find(({ id }) => id === 'stocks'))
    .toMatchObject({ state: 'running', restarts: 1 });
  expect((await api.system()).services.filter(({ restarts }) => restarts > 0)).toHaveLength(1);
});
