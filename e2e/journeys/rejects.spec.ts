import { expect } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import { PortfolioMarket } from '../fixtures/portfolio-market.ts';
import { test } from '../fixtures/test.ts';

/** What cannot be taken, with the words by which a person finds out why. */
const MALFORMED = [
  { subject: 'portfolio.opted_in', body: '{"slug":"half', reason: /JSON/ },
  { subject: 'portfolio.opted_in', body: '{"slug":"two words","holdings":[]}', reason: /slug/ },
  {
    subject: 'portfolio.updated',
    body: '{"slug":"minus","holdings":[{"symbol":"A","quantity":-1,"avg_price":1}]}',
    reason: /quantity/,
  },
  { subject: 'stock.price_updated', body: '{"symbol":"A","price":"12"}', reason: /price/ },
  { subject: 'stock.price_updated', body: new Uint8Array([0x7b, 0xff, 0xfe]), reason: /UTF-8/ },
] as const;

test('what is malformed is listed with its reason and payload, and the rest is stored', async ({
  nats,
  natsApp,
  natsDesk: desk,
}) => {
  const market = new PortfolioMarket('dev');
  const good = await nats.publish(market.opening(10, 'fund'));
  const bad = await nats.publish(MALFORMED.map(({ subject, body }) => ({ subject: `dev.${subject}`, body })));
  const later = await nats.publish([market.price('SYM1', 4.25)]);
  await nats.publish([{ subject: 'dev.weather.changed', body: '{"sky":"blue"}' }]);
  await desk.shell.go('System');
  await expect.poll(() => desk.system.ledger()).toEqual([good + bad + later, good + later, 0, bad, 0]);
  await expect(desk.system.panel('Ledger')).toContainText('Adds up');
  await expect(desk.system.panel('Unknown subjects').getByRole('cell').first()).toHaveText('weather.changed');
  await desk.rejects.open();
  await expect(desk.rejects.rows).toHaveCount(bad);
  for (const [index, { reason }] of MALFORMED.entries()) {
    await expect(desk.rejects.rows.nth(bad - 1 - index)).toContainText(reason);
  }
  await desk.rejects.inspect(desk.rejects.rows.nth(bad - 3));
  await expect(desk.rejects.details).toContainText('portfolio.updated');
  await expect(desk.rejects.details).toContainText(/quantity/);
  await expect(desk.rejects.body).toHaveValue(/"quantity":-1/);
  await desk.page.keyboard.press('Escape');
  await expect(desk.rejects.details).toBeHidden();
  await desk.rejects.inspect(desk.rejects.rows.first());
  await expect(desk.rejects.body).toHaveValue(/\\xFF\\xFE/);
  await desk.page.keyboard.press('Escape');
  const { items } = await new Api(natsApp).get<{ items: { reason: string }[] }>('/api/rejects');
  expect(items).toHaveLength(bad);
});

test('the ledger adds up at every sample while good and bad messages stream in', async ({
  nats,
  natsApp,
}) => {
  const market = new PortfolioMarket('dev');
  const api = new Api(natsApp);
  const rounds = 12;
  const perRound = 500;
  const total = rounds * perRound;
  const sample = async (): Promise<number> => {
    const { ledger, ledgers } = await api.system();
    for (const { received, stored, repeated, rejected, waiting } of [ledger, ...ledgers]) {
      expect(stored + repeated + rejected + waiting).toBe(received);
    }
    return ledger.stored + ledger.rejected;
  };
  for (let round = 0; round < rounds; round++) {
    const messages = Array.from({ length: perRound }, (_, index) =>
      index % 10 === 0
        ? { subject: 'dev.stock.price_updated', body: `{"symbol":"A","price":-${index}}` }
        : market.price(`SYM${index % 7}`, index + 1),
    );
    const publishing = nats.publish(messages);
    await sample();
    await publishing;
    await sample();
  }
  await expect.poll(sample).toBe(total);
  expect((await api.system()).ledger).toEqual({
    received: total,
    stored: total * 0.9,
    repeated: 0,
    rejected: total * 0.1,
    waiting: 0,
  });
});
