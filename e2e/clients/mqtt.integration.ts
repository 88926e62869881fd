import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEventDesk } from './event-desk.ts';

const run = promisify(execFile);
const PATIENCE = { timeout: 20_000 };
let desk: Awaited<ReturnType<typeof startEventDesk>>;
let port = 0;

beforeAll(async () => {
  port = await freePort();
  desk = await startEventDesk({ config: `mqtt { host: "127.0.0.1", port: ${port} }` });
});
afterAll(() => desk.stop());

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}

/** Publishes with the program that everybody has, at a quality of service. */
async function publish(topic: string, body: object, quality: 0 | 1): Promise<void> {
  const message = ['-t', topic, '-m', JSON.stringify(body), '-q', String(quality)];
  await run('mosquitto_pub', ['-h', '127.0.0.1', '-p', String(port), '-V', 'mqttv311', ...message]);
}

it('takes what MQTT clients publish to the listener of the NATS server', async () => {
  for (let number = 0; number < 5; number += 1) {
    const quality = number % 2 === 0 ? 0 : 1;
    await publish(
      'dev/activity/recorded',
      { user: `user_${number}@example.com`, type: 'signed_in' },
      quality,
    );
    await publish('dev/analytics/event', { type: 'page_view', user_id: 'm', value: number }, quality);
  }
  await publish('dev/analytics/event', { value: 'no type' }, 1);
  await expect.poll(async () => (await desk.analytics()).total, PATIENCE).toBe(5);
  await expect.poll(async () => (await desk.activity()).days[0]?.total, PATIENCE).toBe(5);
  expect(await desk.analytics()).toMatchObject({
    value: { count: 5, sum: 10 },
    top_types: [{ type: 'page_view' }],
  });
  expect((await desk.activity()).days).toMatchObject([{ by_type: { signed_in: 5 } }]);
  const rejects = async (): Promise<unknown> => (await fetch(`${desk.url}/api/rejects`)).json();
  await expect
    .poll(rejects, PATIENCE)
    .toMatchObject({ items: [{ subject: 'analytics.event', source: 'nats' }] });
});
