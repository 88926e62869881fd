import type { Msg } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src-contract/settings.ts';
import { systemClock } from '../../lib/clock.ts';
import { natsOptions } from './nats-options.ts';
import { publishInvoices, UnpublishedError, type PublishedInvoice } from './publish-invoices.ts';
import { startNatsServer, type NatsServer } from './testing/nats-server.ts';
import { addStream, connectTo } from './testing/recorded-source.ts';

const INVOICES = Array.from({ length: 250 }, (_, index) => ({
  number: `Ä-${index}`,
  body: JSON.stringify({ number: `Ä-${index}`, company: 'Müller', net: '1.00', currency: 'EUR' }),
}));

describe('published invoices', () => {
  let server: NatsServer;
  beforeEach(async () => {
    server = await startNatsServer();
  });
  afterEach(() => server.stop());

  function publish(invoices: readonly PublishedInvoice[], env = 'dev'): Promise<void> {
    const options = natsOptions({ ...DEFAULT_SETTINGS.nats, url: server.url }, '');
    const { signal } = new AbortController();
    return publishInvoices({ options, env, instanceId: 'this-one', clock: systemClock, signal }, invoices);
  }

  async function heard(): Promise<Msg[]> {
    const messages: Msg[] = [];
    const connection = await connectTo(server.url);
    connection.subscribe('*.invoice.>', { callback: (_error, message) => void messages.push(message) });
    await connection.flush();
    return messages;
  }

  it('are all in the stream when it has resolved, and an invoice twice is there once', async () => {
    const manager = await addStream(await connectTo(server.url), 'PULSE_DEV', ['dev.>']);
    await publish(INVOICES);
    await publish(INVOICES.slice(0, 3));
    expect((await manager.streams.info('PULSE_DEV')).state.messages).toBe(250);
  });

  it('say who stored them', async () => {
    const messages = await heard();
    await publish(INVOICES.slice(0, 1));
    await expect.poll(() => messages.length, { timeout: 5000, interval: 5 }).toBe(1);
    expect(messages[0]?.subject).toBe('dev.invoice.issued');
    expect(messages[0]?.headers?.get('Pulse-Origin')).toBe('this-one');
    expect(messages[0]?.string()).toBe(INVOICES[0]?.body);
  });

  it('that could not be sent are counted, with the reason', async () => {
    await server.kill('SIGTERM');
    const failure: unknown = await publish(INVOICES).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnpublishedError);
    expect(failure).toMatchObject({
      count: 250,
      message: expect.stringContaining('connection refused') as string,
    });
  });

  it('are never those of demo', async () => {
    await expect(publish(INVOICES, 'demo')).rejects.toThrow('never published');
  });
});
