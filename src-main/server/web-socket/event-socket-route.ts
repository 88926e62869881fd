import type { FastifyInstance } from 'fastify';
import type { IntakeCounts } from '../intake/intake-counts.ts';
import { ProblemError } from '../problem.ts';
import type { ServerParts } from '../server-parts.ts';
import { EventSocket } from './event-socket.ts';
import type { OpenSockets } from './open-sockets.ts';
import { peerTitle } from './peer-title.ts';
import { socketRoute } from './socket-route.ts';

/** `WS /ws/events`: analytics events, one a frame. Answers how many such sockets are open. */
export function eventSocketRoute(
  app: FastifyInstance,
  sockets: OpenSockets,
  { engine, limits, log }: ServerParts,
  counts: IntakeCounts,
): () => number {
  return socketRoute(app, sockets, {
    url: '/ws/events',
    limit: limits.eventSockets,
    check({ role }) {
      if (role === 'operator') return;
      throw new ProblemError('forbidden', 'this token only reads: sending events takes the operator token');
    },
    serve(socket, request) {
      const title = peerTitle(request.headers['user-agent'], request.ip);
      return new EventSocket(socket, title, { engine, connection: request.raw.socket, limits, log, counts });
    },
  });
}
