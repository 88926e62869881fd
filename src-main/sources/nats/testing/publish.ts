import { connect, createInbox, type NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager, StorageType } from '@nats-io/jetstream';

/** A message to be published: subject with its environment, body as text or bytes. */
export interface OutgoingMessage {
  subject: string;
  body: string | Uint8Array;
}

/** Messages whose bodies are the numbers from `from` to `to`, so that a test can say which it means. */
export function numbered(subject: string, from: number, to: number): OutgoingMessage[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ subject, body: String(from + index) }));
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
  const inbox = createInbox();
  const count = new Acknowledgements();
  const subscription = connection.subscribe(inbox, {
    callback: (error, message) => count.arrived(error ?? refusalOf(message.string())),
  });
  let sent = 0;
  try {
    for (const { subject, body } of messages) {
      connection.publish(subject, body, { reply: inbox });
      sent += 1;
      if (sent - count.number >= WINDOW) await count.reach(sent - WINDOW / 2);
    }
    await count.reach(sent);
  } finally {
    subscription.unsubscribe();
  }
  return sent;
}

/** Counts acknowledgements until a number is reached or one of them is a refusal. */
class Acknowledgements {
  number = 0;
  #refusal: Error | null = null;
  #waiting: { number: number; resolve: () => void; reject: (error: Error) => void } | null = null;

  arrived(refusal: Error | null): void {
    this.number += 1;
    this.#refusal ??= refusal;
    if (this.#refusal !== null) this.#waiting?.reject(this.#refusal);
    else if (this.#waiting !== null && this.number >= this.#waiting.number) this.#waiting.resolve();
  }

  async reach(number: number): Promise<void> {
    if (this.#refusal !== null) throw this.#refusal;
    if (this.number >= number) return;
    await new Promise<void>((resolve, reject) => (this.#waiting = { number, resolve, reject }));
  }
}

function refusalOf(answer: string): Error | null {
  if (answer === '') return new Error('not stored: no stream takes the subject in');
  return answer.includes('"error"') ? new Error(`not stored: ${answer}`) : null;
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
