import { expect } from '@playwright/test';
import { amountOf } from '../expectations/exact-decimal.ts';
import { expectedPortfolio } from '../expectations/expected-portfolio.ts';
import { Api } from '../fixtures/api.ts';
import { PortfolioMarket } from '../fixtures/portfolio-market.ts';
import { test } from '../fixtures/test.ts';

test('an outage of NATS is told with its time, heals within 5 s, and loses nothing', async ({
  nats,
  natsApp,
  natsDesk: desk,
}) => {
  const market = new PortfolioMarket('dev');
  const api = new Api(natsApp);
  const chip = desk.shell.chip('NATS');
  let sent = await nats.publish(market.opening(12, 'fund'));
  await expect.poll(async () => (await api.system()).ledger.stored).toBe(sent);
  await expect(chip).toHaveText(/^\s*NATS\s*works$/);

  await nats.server.kill('SIGTERM');
  await expect(chip).toContainText(/NATS unreachable since (\d+ \w+, )?\d\d:\d\d:\d\d, retrying in \d s/);
  expect((await api.system()).state).toBe('degraded');
  expect(await api.status('/health/ready')).toBe(200);

  await nats.server.restart();
  const backAt = performance.now();
  sent += await nats.publish([
    market.price('SYM1', 99.995),
    market.update('fund-02', [{ symbol: 'SYM1', quantity: 3, avg_price: 2 }]),
  ]);
  await expect(chip).toHaveText(/^\s*NATS\s*works$/);
  await expect.poll(async () => (await api.system()).ledger.stored, { intervals: [50] }).toBe(sent);
  expect(performance.now() - backAt).toBeLessThan(5000);
  const { value } = expectedPortfolio(market.shared.get('fund-02') ?? [], market.prices);
  expect((await api.portfolio('fund-02')).total_value.amount).toBe(amountOf(value));
});

test('a stream that was made again is shown beside the one it replaces, and its events count', async ({
  nats,
  natsApp,
  natsDesk: desk,
}) => {
  const market = new PortfolioMarket('dev');
  const api = new Api(natsApp);
  const before = await nats.publish(market.opening(8, 'fund'));
  await expect.poll(async () => (await api.system()).ledger.stored).toBe(before);
  await desk.shell.go('System');
  const streams = desk.system.streamRows('PULSE_DEV');
  await expect(streams).toHaveCount(1);

  await nats.replaceStream('dev');
  const after = await nats.publish([
    market.optIn('late-one', [{ symbol: 'SYM2', quantity: 2, avg_price: 1 }]),
    market.price('SYM2', 12.345),
  ]);
  await expect(streams).toHaveCount(2);
  await expect(streams.filter({ hasText: 'replaced' })).toHaveCount(1);
  await expect.poll(async () => (await api.system()).ledger.stored).toBe(before + after);
  const { streams: known } = await api.system();
  expect(known.map(({ active, stored_seq }) => [active, stored_seq])).toEqual(
    expect.arrayContaining([
      [false, before],
      [true, after],
    ]),
  );
  expect((await api.portfolio('late-one')).total_value.amount).toBe('24.69');
  await expect.poll(() => desk.system.ledger()).toEqual([before + after, before + after, 0, 0, 0]);
});
