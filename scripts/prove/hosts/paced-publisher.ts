import { setTimeout as sleep } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { publishOn, type OutgoingMessage } from '../../../src-main/sources/nats/testing/publish.ts';

/** How messages are published. */
export interface Pace {
  perSecond: number;
  signal: AbortSignal;
  /** Told how many messages the server has taken so far. */
  onPublished?: (count: number) => void;
}

const TICK_MS = 5;

/** Publishes messages into their stream at a steady rate; resolves when the server has acknowledged every one. */
export async function publishPaced(
  connection: NatsConnection,
  messages: readonly OutgoingMessage[],
  { perSecond, signal, onPublished }: Pace,
): Promise<void> {
  const begun = performance.now();
  let sent = 0;
  while (sent < messages.length) {
    signal.throwIfAborted();
    const due = Math.min(messages.length, Math.floor(((performance.now() - begun) / 1000) * perSecond) + 1);
    if (due > sent) {
      await publishOn(connection, messages.slice(sent, due));
      sent = due;
      onPublished?.(sent);
    }
    await sleep(TICK_MS, undefined, { signal });
  }
}
