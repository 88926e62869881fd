import { expect } from '@playwright/test';
import { Api } from '../fixtures/api.ts';
import { sendFrame } from '../fixtures/event-socket.ts';
import { postEvents } from '../fixtures/posted-events.ts';
import { test } from '../fixtures/test.ts';

test('an event of one name is one event, whichever way it comes', async ({
  nats,
  natsApp,
  natsDesk: desk,
}) => {
  const { analytics } = desk;
  const api = new Api(natsApp);
  const event = { type: 'purchase', value: 5, id: 'order-1' };
  expect(await postEvents(api, [event, event])).toEqual({ accepted: 2, repeated: 1, rejected: [] });
  expect(await sendFrame(natsApp.url, { event: 'new_event', payload: event, ref: 7 })).toEqual({
    ref: 7,
    ok: true,
    repeated: true,
  });
  await nats.publish([
    { subject: 'dev.analytics.event', body: JSON.stringify(event) },
    { subject: 'dev.analytics.event', body: JSON.stringify([event, { type: 'page_view' }]) },
  ]);
  await expect
    .poll(async () => (await api.system()).ledger)
    .toEqual({
      received: 6,
      stored: 2,
      repeated: 4,
      rejected: 0,
      waiting: 0,
    });
  await desk.shell.go('Analytics');
  await expect(analytics.figure('Processed')).toHaveText('2');
  await expect(analytics.tail.rows).toContainText(['page_view', 'purchase']);
});

test.describe('over HTTP and WebSocket', () => {
  test.use({ args: ['--no-demo'] });

  test('an event that is not valid is answered with its mistake, and found on the bench', async ({
    app,
    desk,
  }) => {
    const api = new Api(app);
    const alone = await api.send('POST', '/api/events', '{"type":7}');
    expect([alone.status, await alone.json()]).toEqual([400, expect.objectContaining({ field: '/type' })]);
    const frame = { event: 'new_event', payload: { value: 'much' }, ref: 'a' };
    expect(await sendFrame(app.url, frame)).toMatchObject({ ref: 'a', ok: false, code: 'invalid_event' });
    const broken = await api.send('POST', '/api/events', '{"type":');
    expect([broken.status, await broken.json()]).toEqual([400, expect.objectContaining({ position: 8 })]);
    await desk.rejects.open();
    await expect(desk.rejects.rows).toHaveCount(2);
    await expect(desk.rejects.rows.first()).toContainText('/type is missing');
    await expect(desk.rejects.rows.last()).toContainText('/type');
  });
});
