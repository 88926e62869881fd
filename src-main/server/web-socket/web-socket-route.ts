import type { FastifyInstance } from 'fastify';
import type { ServerParts } from '../server-parts.ts';
import type { OpenSockets } from './open-sockets.ts';
import { peerTitle } from './peer-title.ts';
import { RelayedSocket } from './relayed-socket.ts';
import { socketRoute } from './socket-route.ts';

/** `WS /ws`: the channels of the screens over a WebSocket. Answers how many are open. */
export function webSocketRoute(app: FastifyInstance, sockets: OpenSockets, parts: ServerParts): () => number {
  return socketRoute(app, sockets, {
    url: '/ws',
    limit: parts.limits.sockets,
    serve(socket, request) {
      const title = peerTitle(request.headers['user-agent'], request.ip);
      return new RelayedSocket(socket, { title, role: request.role ?? 'reader' }, parts);
    },
  });
}
