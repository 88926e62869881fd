import { expect } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import { postEvents } from '../fixtures/posted-events.ts';
import { test } from '../fixtures/test.ts';

const COUNT = 10_000;
const BAD_EVERY = 100;
const BAD = COUNT / BAD_EVERY;

/** Of every hundred one with a value that is no number. */
const EVENTS = Array.from({ length: COUNT }, (_, index) => ({
  type: 'purchase',
  id: `order-${index}`,
  value: index % BAD_EVERY === 7 ? 'a lot' : 2,
}));

test.use({ args: ['--no-demo'] });

test('what was rejected is listed, mended and redriven, and counted once', async ({ app, desk }) => {
  const api = new Api(app);
  const processed = async () => (await api.get<{ processed: number }>('/api/analytics/summary')).processed;
  const answer = await postEvents(api, EVENTS);
  expect([answer.accepted, answer.rejected.length]).toEqual([COUNT - BAD, BAD]);
  expect(answer.rejected[0]).toEqual({ index: 7, reason: expect.stringContaining('/value') });
  expect(await processed()).toBe(COUNT - BAD);
  const { rejects } = desk;
  await rejects.open();
  await expect(rejects.rows).toHaveCount(BAD);
  const listed = await api.get<{ items: { id: number }[] }>('/api/rejects?limit=1000');
  const ids = listed.items.map(({ id }) => id);

  await rejects.inspect(rejects.rows.first());
  await expect(rejects.body).toHaveValue(/"a lot"/);
  await rejects.redriveAs(`{"type":"purchase","id":"order-${COUNT - BAD_EVERY + 7}","value":2}`);
  await expect(rejects.details).toContainText('counted once');
  await desk.page.keyboard.press('Escape');
  await expect(rejects.rows).toHaveCount(BAD - 1);

  await rejects.chooseAll();
  await rejects.redriveChosen();
  await rejects.act('Preview').click();
  await expect(rejects.redriving.getByRole('status')).toHaveText(`It would come to: ${BAD - 1} refused.`);
  await rejects.patch.fill('{"value": 2}');
  await rejects.act('Preview').click();
  await expect(rejects.redriving.getByRole('status')).toHaveText(`It would come to: ${BAD - 1} stored.`);
  await rejects.act(`Redrive ${BAD - 1} rejects`).click();
  await expect(rejects.redriving).toBeHidden();
  await expect(rejects.panel).toContainText('Nothing is rejected');

  const again = await api.send('POST', '/api/rejects/redrive', JSON.stringify({ ids, patch: { value: 2 } }));
  expect(await again.json()).toMatchObject({ stored: 0 });
  expect((await api.system()).ledger).toMatchObject({ stored: COUNT, rejected: 0, waiting: 0 });
  await desk.shell.go('Analytics');
  await expect(desk.analytics.figure('Processed')).toHaveText('10,000');
  await expect(desk.analytics.figure('Average value')).toHaveText('2');
  expect(await processed()).toBe(COUNT);
});
