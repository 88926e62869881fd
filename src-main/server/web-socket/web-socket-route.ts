import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { MAX_CLIENT_MESSAGE } from '../../../src-contract/frames.ts';
import { ProblemError } from '../problem.ts';
import type { ServerParts } from '../server-parts.ts';
import { peerTitle } from './peer-title.ts';
import { RelayedSocket } from './relayed-socket.ts';

/** Most bytes one character of a message takes in UTF-8. */
const BYTES_PER_CHARACTER = 3;
/** How long sockets may take to say good-bye when the host stops, in milliseconds. */
const GOODBYE_MS = 500;

/** `WS /ws`: the channels of the screens over a WebSocket. Answers how many are open. */
export async function webSocketRoute(app: FastifyInstance, parts: ServerParts): Promise<() => number> {
  const { clock, limits } = parts;
  const open = new Set<RelayedSocket>();
  let isStopping = false;
  const lastGone = Promise.withResolvers<undefined>();
  const cancelChecks = clock.every(limits.pingMs, () => open.forEach((socket) => socket.checkAlive()));

  await app.register(websocket, {
    options: { maxPayload: MAX_CLIENT_MESSAGE * BYTES_PER_CHARACTER, perMessageDeflate: false },
    preClose(done) {
      cancelChecks();
      isStopping = true;
      for (const socket of open) socket.goAway();
      const cancel = clock.after(GOODBYE_MS, () => open.forEach((socket) => socket.terminate()));
      if (open.size === 0) lastGone.resolve(undefined);
      void lastGone.promise.then(() => {
        cancel();
        done();
      });
    },
  });

  // An answer to a request for an upgrade is a refusal, after which nobody reads the connection any more.
  app.addHook('onSend', async ({ raw }, reply) => {
    if (raw.headers.upgrade !== undefined) reply.header('connection', 'close');
  });

  app.route({
    method: 'GET',
    url: '/ws',
    schema: { hide: true },
    preValidation: async (request) => {
      if (request.ws && open.size >= limits.sockets) {
        throw new ProblemError(
          'unavailable',
          `${limits.sockets} WebSockets are open, which is the limit: close one`,
        );
      }
    },
    handler: () => {
      throw new ProblemError('upgrade_required', 'this address takes WebSockets only', {
        headers: { upgrade: 'websocket' },
      });
    },
    wsHandler(socket, request) {
      const title = peerTitle(request.headers['user-agent'], request.ip);
      const relayed = new RelayedSocket(socket, { title, role: request.role ?? 'reader' }, parts);
      open.add(relayed);
      socket.on('close', () => {
        open.delete(relayed);
        if (open.size === 0 && isStopping) lastGone.resolve(undefined);
      });
    },
  });
  return () => open.size;
}
