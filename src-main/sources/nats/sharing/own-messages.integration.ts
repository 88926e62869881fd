import { headers } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNatsServer, type NatsServer } from '../testing/nats-server.ts';
import { addStream, connectTo, readNats, THIS_INSTANCE } from '../testing/recorded-source.ts';
import { ORIGIN_HEADER } from './origin.ts';

const WAIT = { timeout: 10_000, interval: 5 };
let server: NatsServer;
beforeAll(async () => {
  server = await startNatsServer();
});
afterAll(() => server.stop());

/** Publishes a body for each origin, in this order; the body says whose it is. */
async function publishFrom(env: string, ...origins: (string | null)[]): Promise<void> {
  const connection = await connectTo(server.url);
  for (const origin of origins) {
    const names = headers();
    names.set('Nats-Msg-Id', String(Math.random()));
    if (origin !== null) names.set(ORIGIN_HEADER, origin);
    connection.publish(`${env}.stock.price_updated`, origin ?? 'nobody', { headers: names });
  }
  await connection.flush();
}

describe('what this instance published itself', () => {
  it('is confirmed when it comes back from a stream; what others published is offered', async () => {
    await addStream(await connectTo(server.url), 'PULSE_DEV', ['dev.>']);
    const { intake } = readNats(server.url);
    await publishFrom('dev', THIS_INSTANCE, 'another', THIS_INSTANCE, null, THIS_INSTANCE);
    await expect.poll(() => intake.of('PULSE_DEV').storedSeq, WAIT).toBe(5);
    expect(intake.of('PULSE_DEV').confirmed).toEqual([1, 3, 5]);
    expect(intake.of('PULSE_DEV').messages.map(({ seq, body }) => [seq, body])).toEqual([
      [2, 'another'],
      [4, 'nobody'],
    ]);
  });

  it('is confirmed when it comes back by plain subscription', async () => {
    const { intake, status } = readNats(server.url, { env: 'plain' });
    await expect.poll(() => status().detail, WAIT).toContain('plain plain.>');
    await publishFrom('plain', 'another', THIS_INSTANCE, null);
    await expect.poll(() => intake.plain.storedSeq, WAIT).toBe(3);
    expect(intake.plain.confirmed).toEqual([2]);
    expect(intake.plain.bodies).toEqual(['another', 'nobody']);
  });
});
