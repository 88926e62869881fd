import { createConnection } from 'node:net';
import type { Clock } from '../../lib/clock.ts';
import { shownAddress, type ServerAddress } from './server-address.ts';

/** A greeting is one line; a longer one is not waited for, in bytes. */
const LONGEST_GREETING = 256 * 1024;

/** What a server says of itself before anything else. */
export interface ServerGreeting {
  /** Whether it offers or demands an encrypted connection. */
  readonly tls: boolean;
}

/**
 * Resolves when a NATS server greets at this address within `ms` milliseconds; rejects with the socket's error, an Error
 * that says what came instead, or the signal's reason. Leaves no socket behind.
 *
 * The NATS client cannot be told to give up an attempt, and keeps the socket of one that timed out; a server that
 * accepts and stays silent would cost a socket with every attempt. So the client only sees servers that greeted.
 */
export async function probeServer(
  address: ServerAddress,
  ms: number,
  clock: Pick<Clock, 'after'>,
  signal: AbortSignal,
): Promise<ServerGreeting> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ServerGreeting>();
  const socket = createConnection({ host: address.host, port: address.port });
  const cancel = clock.after(ms, () => {
    reject(new Error(`no answer within ${ms / 1000} s`));
  });
  const abort = (): void => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  socket.on('error', reject);
  socket.on('close', () => {
    reject(new Error(`${shownAddress(address)} closed the connection without a greeting`));
  });
  let text = '';
  socket.on('data', (data: Buffer) => {
    text += data.toString('latin1');
    const greeting = readGreeting(text);
    if (greeting === 'foreign') reject(new Error('what answers there is not a NATS server'));
    else if (greeting !== 'incomplete') resolve(greeting);
  });
  try {
    return await promise;
  } finally {
    cancel();
    signal.removeEventListener('abort', abort);
    socket.destroy();
  }
}

function readGreeting(text: string): ServerGreeting | 'incomplete' | 'foreign' {
  const line = /^INFO ([^\r\n]*)\r\n/i.exec(text)?.[1];
  if (line === undefined) {
    const beginsWell = text.length < LONGEST_GREETING && 'INFO '.startsWith(text.slice(0, 5).toUpperCase());
    return beginsWell && !text.includes('\n') ? 'incomplete' : 'foreign';
  }
  try {
    const info = JSON.parse(line) as { tls_required?: unknown; tls_available?: unknown };
    return { tls: info.tls_required === true || info.tls_available === true };
  } catch {
    return 'foreign';
  }
}
