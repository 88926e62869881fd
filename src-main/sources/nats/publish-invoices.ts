import { jetstream, jetstreamManager, type JetStreamClient } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { DEMO_ENVIRONMENT } from '../../../src-contract/environment.ts';
import type { Clock } from '../../lib/clock.ts';
import { describeFailure } from './describe-failure.ts';
import { dial } from './dial.ts';
import type { NatsOptions } from './nats-options.ts';
import { ORIGIN_HEADER } from './sharing/origin.ts';

/** Invoices that wait for the stream's acknowledgement at once. */
const IN_FLIGHT = 100;
/** So long may the stream take to acknowledge one, in milliseconds. */
const ACKNOWLEDGE_MS = 5000;

/** A stored invoice to be handed to the others. */
export interface PublishedInvoice {
  number: string;
  /** JSON of the body of `invoice.issued`. */
  body: string;
}

/** What publishing works with. */
export interface PublishInvoicesOptions {
  /** The server and credentials of the NATS source. */
  options: NatsOptions;
  /** Not `demo`: what is made there is never published. */
  env: string;
  instanceId: string;
  clock: Pick<Clock, 'after'>;
  signal: AbortSignal;
}

/** These invoices did not all reach the others; the message says why. */
export class UnpublishedError extends Error {
  readonly count: number;

  constructor(count: number, reason: string) {
    super(reason);
    this.name = 'UnpublishedError';
    this.count = count;
  }
}

/**
 * Publishes invoices as `{env}.invoice.issued` over a connection of its own: into the stream that takes them in, or plainly
 * where none does. The header tells this instance that it stored them already. Rejects with an UnpublishedError.
 */
export async function publishInvoices(
  { options, env, instanceId, clock, signal }: PublishInvoicesOptions,
  invoices: readonly PublishedInvoice[],
): Promise<void> {
  if (env === DEMO_ENVIRONMENT) throw new Error('invoices of the demo environment are never published');
  let left = invoices.length;
  try {
    const { connection } = await dial(options, `PulseDesk ${env} invoices`, clock, signal);
    try {
      const send = await senderOf(connection, env, instanceId);
      for (let from = 0; from < invoices.length; from += IN_FLIGHT) {
        signal.throwIfAborted();
        const some = invoices.slice(from, from + IN_FLIGHT);
        await Promise.all(some.map(send));
        left -= some.length;
      }
      await connection.flush();
    } finally {
      await connection.close();
    }
  } catch (error) {
    throw new UnpublishedError(left, describeFailure(error));
  }
}

type Send = (invoice: PublishedInvoice) => Promise<void>;

async function senderOf(connection: NatsConnection, env: string, instanceId: string): Promise<Send> {
  const subject = `${env}.invoice.issued`;
  const stream = await streamOver(connection, subject);
  return async ({ number, body }) => {
    const named = headers();
    named.set(ORIGIN_HEADER, instanceId);
    named.set('Nats-Msg-Id', `${env}.invoice.${encodeURIComponent(number)}`);
    if (stream === null) connection.publish(subject, body, { headers: named });
    else await stream.publish(subject, body, { headers: named, timeout: ACKNOWLEDGE_MS });
  };
}

/** What publishes into the stream that takes a subject in; null where there is none, or no JetStream. */
async function streamOver(connection: NatsConnection, subject: string): Promise<JetStreamClient | null> {
  const manager = await jetstreamManager(connection, { checkAPI: false });
  const names = await manager.streams
    .names(subject)
    .next()
    .catch(() => []);
  return names.length === 0 ? null : jetstream(connection);
}
