import { connect, type NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager, StorageType } from '@nats-io/jetstream';

/** A message to be published: subject with its environment, body as text or bytes. */
export interface OutgoingMessage {
  subject: string;
  body: string | Uint8Array;
}

/** Acknowledgements that may be missing before publishing waits. */
const WINDOW = 2000;

/** Makes the stream of an environment in files, as its owner would. */
export async function makeStream(
  url: string,
  env: string,
  name = `PULSE_${env.toUpperCase()}`,
): Promise<void> {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name, subjects: [`${env}.>`], storage: StorageType.File });
  await connection.close();
}

/**
 * Publishes messages into streams and resolves when the server has acknowledged every one. One inbox counts all
 * acknowledgements, which is several times faster than waiting for each.
 */
export async function publishAll(url: string, messages: Iterable<OutgoingMessage>): Promise<number> {
  const connection = await connect({ servers: url, noAsyncTraces: true });
  try {
    return await publishOn(connection, messages);
  } finally {
    await connection.close();
  }
}

/** {@link publishAll} over a connection of the caller. Rejects when the server refuses a message. */
export async function publishOn(
  connection: NatsConnection,
  messages: Iterable<OutgoingMessage>,
): Promise<number> {
  const inbox = `_INBOX.publish.${process.pid}.${Math.trunc(performance.now() * 1000)}`;
  let sent = 0;
  let acknowledged = 0;
  let refusal: Error | null = null;
  let wake: () => void = () => undefined;
  const subscription = connection.subscribe(inbox, {
    callback: (error, message) => {
      const text = message.string();
      if (error !== null || text.includes('"error"')) refusal = error ?? new Error(`not stored: ${text}`);
      acknowledged++;
      wake();
    },
  });
  const until = async (holds: () => boolean) => {
    while (!holds() && refusal === null) await new Promise<void>((resolve) => (wake = resolve));
  };
  for (const { subject, body } of messages) {
    connection.publish(subject, body, { reply: inbox });
    sent++;
    if (sent - acknowledged >= WINDOW) await until(() => sent - acknowledged < WINDOW / 2);
    if (refusal !== null) break;
  }
  await until(() => acknowledged >= sent);
  subscription.unsubscribe();
  if (refusal !== null) throw refusal;
  return sent;
}

/** A price message. */
export function priceMessage(env: string, symbol: string, price: number): OutgoingMessage {
  return {
    subject: `${env}.stock.price_updated`,
    body: JSON.stringify({ symbol, price, change_percent: 0.5 }),
  };
}

/** A message that shares a portfolio or changes its holdings. */
export function holdingsMessage(
  env: string,
  family: 'opted_in' | 'updated',
  slug: string,
  holdings: readonly { symbol: string; quantity: number; avg_price: number }[],
): OutgoingMessage {
  return { subject: `${env}.portfolio.${family}`, body: JSON.stringify({ slug, holdings }) };
}
