import type { WebSocket } from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from '../problem.ts';
import type { HostSocket, OpenSockets } from './open-sockets.ts';

/** An address that takes WebSockets. */
export interface SocketRoute {
  readonly url: string;
  /** Sockets that may be open here at once; one more is refused with 503. */
  readonly limit: number;
  /** Throws a ProblemError to refuse the handshake. */
  check?(request: FastifyRequest): void;
  /** Serves a socket that was let in. */
  serve(socket: WebSocket, request: FastifyRequest): HostSocket;
}

/** Adds an address that takes WebSockets. Answers how many are open there. */
export function socketRoute(app: FastifyInstance, sockets: OpenSockets, route: SocketRoute): () => number {
  let open = 0;
  sockets.addresses.add(route.url);
  app.route({
    method: 'GET',
    url: route.url,
    schema: { hide: true },
    preValidation: async (request) => {
      if (!request.ws) return;
      route.check?.(request);
      if (open >= route.limit) {
        throw new ProblemError(
          'unavailable',
          `${route.limit} WebSockets are open, which is the limit: close one`,
        );
      }
    },
    handler: () => {
      throw new ProblemError('upgrade_required', 'this address takes WebSockets only', {
        headers: { upgrade: 'websocket' },
      });
    },
    wsHandler(socket, request) {
      sockets.add(route.serve(socket, request), socket);
      open += 1;
      socket.on('close', () => (open -= 1));
    },
  });
  return () => open;
}
