import { jetstreamManager } from '@nats-io/jetstream';
import { connect, createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';
import type { LoadOptions } from '../load-options.ts';
import { bodyOf, unanswered, type LoadAnswer, type LoadTarget } from '../load-target.ts';

/**
 * Publishes events. Where a stream takes the subject in, its acknowledgement is the answer; elsewhere the server's sign
 * that it has read the message, which says nothing of who got it. Rejects when the server cannot be reached.
 */
export async function natsTarget(options: LoadOptions): Promise<LoadTarget> {
  const { connections, env, events, token } = options;
  const subject = `${env}.${events === 'activity' ? 'activity.recorded' : 'analytics.event'}`;
  const open = await Promise.all(
    Array.from({ length: connections }, () =>
      connect({ servers: options.url, noAsyncTraces: true, ...(token === null ? {} : { token }) }),
    ),
  );
  const isStored = await hasStream(open[0], subject);
  const publishers = open.map((connection) =>
    isStored ? storedPublisher(connection, subject) : plainPublisher(connection, subject),
  );
  let turn = 0;
  return {
    send: (batch) => {
      const publish = publishers[(turn += 1) % publishers.length];
      return publish === undefined ? Promise.resolve(unanswered('no connection')) : publish(batch);
    },
    async stop() {
      await Promise.all(open.map((connection) => connection.close()));
    },
  };
}

type Publish = (events: readonly string[]) => Promise<LoadAnswer>;

async function hasStream(connection: NatsConnection | undefined, subject: string): Promise<boolean> {
  if (connection === undefined) return false;
  try {
    const manager = await jetstreamManager(connection);
    await manager.streams.find(subject);
    return true;
  } catch {
    return false; // without JetStream, or a stream that takes the subject in, messages are not stored
  }
}

function plainPublisher(connection: NatsConnection, subject: string): Publish {
  return async (events) => {
    try {
      connection.publish(subject, bodyOf(events));
      await connection.flush();
      return { kind: 'sent', taken: true, accepted: events.length, rejected: 0 };
    } catch (error) {
      return unanswered(error);
    }
  };
}

/** One inbox takes all acknowledgements, which is several times faster than one each; its last token says whose it is. */
function storedPublisher(connection: NatsConnection, subject: string): Publish {
  const inbox = createInbox();
  const waiting = new Map<string, (answer: Msg | Error) => void>();
  connection.subscribe(`${inbox}.*`, {
    callback: (error, message) => {
      const ref = message.subject.slice(inbox.length + 1);
      waiting.get(ref)?.(error ?? message);
      waiting.delete(ref);
    },
  });
  void connection.closed().then(() => {
    for (const tell of waiting.values()) tell(new Error('closed'));
  });
  let count = 0;
  return async (events) => {
    const { promise, resolve } = Promise.withResolvers<Msg | Error>();
    const ref = String((count += 1));
    waiting.set(ref, resolve);
    try {
      connection.publish(subject, bodyOf(events), { reply: `${inbox}.${ref}` });
    } catch (error) {
      waiting.delete(ref);
      return unanswered(error);
    }
    const answer = await promise;
    if (answer instanceof Error) return unanswered(answer);
    const isStored = !answer.string().includes('"error"') && answer.data.length > 0;
    return {
      kind: isStored ? 'stored' : 'refused',
      taken: isStored,
      accepted: isStored ? events.length : 0,
      rejected: 0,
    };
  };
}
