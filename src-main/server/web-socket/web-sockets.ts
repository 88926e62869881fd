import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { MAX_CLIENT_MESSAGE } from '../../../src-contract/frames.ts';
import { ProblemError } from '../problem.ts';
import type { ServerParts } from '../server-parts.ts';
import { OpenSockets } from './open-sockets.ts';

/** Most bytes one character of a message takes in UTF-8. */
const BYTES_PER_CHARACTER = 3;
/** How long sockets may take to say good-bye when the host stops, in milliseconds. */
const GOODBYE_MS = 500;

/**
 * Lets routes take WebSockets, and ends those when the host stops. A message longer than any route takes ends its
 * socket; shorter ones are the routes' to refuse.
 */
export async function webSockets(
  app: FastifyInstance,
  { clock, limits }: Pick<ServerParts, 'clock' | 'limits'>,
): Promise<OpenSockets> {
  const sockets = new OpenSockets();
  const cancelChecks = clock.every(limits.pingMs, () => sockets.checkAlive());
  await app.register(websocket, {
    options: { maxPayload: MAX_CLIENT_MESSAGE * BYTES_PER_CHARACTER, perMessageDeflate: false },
    preClose(done) {
      cancelChecks();
      const cancel = clock.after(GOODBYE_MS, () => sockets.terminate());
      void sockets.goAway().then(() => {
        cancel();
        done();
      });
    },
  });
  // Elsewhere the library would take a socket and close it at once, which tells nobody what was wrong.
  app.addHook('preValidation', async ({ ws, routeOptions }) => {
    if (!ws || sockets.addresses.has(routeOptions.url ?? '')) return;
    const taking = [...sockets.addresses].join(', ');
    throw new ProblemError('not_found', `this address takes no WebSocket; these do: ${taking}`);
  });
  // An answer to a request for an upgrade is a refusal, after which nobody reads the connection any more.
  app.addHook('onSend', async ({ raw }, reply) => {
    if (raw.headers.upgrade !== undefined) reply.header('connection', 'close');
  });
  return sockets;
}
