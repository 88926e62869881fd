import { createConnection } from 'node:net';
import type { Clock } from '../../lib/clock.ts';
import { shownAddress, type ServerAddress } from './server-address.ts';

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
): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
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
  socket.once('data', (data: Buffer) => {
    if (data.subarray(0, 5).toString('latin1').toUpperCase() === 'INFO ') resolve();
    else reject(new Error('what answers there is not a NATS server'));
  });
  try {
    await promise;
  } finally {
    cancel();
    signal.removeEventListener('abort', abort);
    socket.destroy();
  }
}
