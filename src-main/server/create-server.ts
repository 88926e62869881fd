import fastify, { type FastifyInstance } from 'fastify';
import { guard } from './access/guard.ts';
import { loginRoutes } from './access/login-routes.ts';
import { errorAnswers, sendProblem } from './error-answers.ts';
import { exportRoutes } from './files/export-routes.ts';
import { importRoute } from './files/import-route.ts';
import { jobFileRoute } from './files/job-file-route.ts';
import { healthRoutes } from './health-routes.ts';
import { IntakeCounts } from './intake/intake-counts.ts';
import { intakeRoutes } from './intake/intake-routes.ts';
import { jsonBody } from './json-body.ts';
import { loopDelay } from './loop-delay.ts';
import { metricsRoute } from './metrics-route.ts';
import { openapi } from './openapi.ts';
import { ProblemError } from './problem.ts';
import { rendererFiles } from './renderer-files.ts';
import { restRoutes } from './rest-routes.ts';
import { securityHeaders } from './security-headers.ts';
import { readableUrl } from './readable-url.ts';
import type { ServerParts } from './server-parts.ts';
import { knownMethods, unknownAddress } from './unknown-address.ts';
import { validatorCompiler } from './validator-compiler.ts';
import { eventSocketRoute } from './web-socket/event-socket-route.ts';
import { webSocketRoute } from './web-socket/web-socket-route.ts';
import { webSockets } from './web-socket/web-sockets.ts';

/** Milliseconds a request may take to arrive whole. */
const REQUEST_MS = 30_000;
/** Longest part of a path that is taken as an argument, percent signs included. */
const PATH_ARGUMENT_LENGTH = 1024;

/** The HTTP server with all its routes, not yet listening. Closing it ends its sockets and timers. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { client, log } = parts;
  const app = bareServer(parts);
  const methodsOf = knownMethods(app);
  errorAnswers(app, log);
  securityHeaders(app);
  // Before the guard, so that a handshake is known as one, and its connection ended, when the guard refuses it.
  const sockets = await webSockets(app, parts);
  await guard(app, parts);
  await openapi(app, parts.version);
  if (parts.listen.token !== null) await app.register((scope) => loginRoutes(scope, parts));
  restRoutes(app, client);
  exportRoutes(app, parts);
  jobFileRoute(app, parts);
  await importRoute(app, parts);
  const intakeCounts = new IntakeCounts();
  await intakeRoutes(app, parts, intakeCounts);
  healthRoutes(app, parts);
  const pages = webSocketRoute(app, sockets, parts);
  const senders = eventSocketRoute(app, sockets, parts, intakeCounts);
  metricsRoute(app, parts, hostFigures(app, parts, { pages, senders, intakeCounts }));
  const isPage = await rendererFiles(app, parts.rendererFolder);
  unknownAddress(app, methodsOf, isPage);
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    log.debug('answered', {
      method,
      path: routeOptions.url,
      status: reply.statusCode,
      ms: reply.elapsedTime,
    });
  });
  app.addHook('onClose', async () => client.close());
  return app;
}

function bareServer({ limits }: ServerParts): FastifyInstance {
  const app = fastify({
    bodyLimit: limits.bodyBytes,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: PATH_ARGUMENT_LENGTH },
    rewriteUrl: ({ url = '/' }) => readableUrl(url),
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, new ProblemError('invalid_argument', error.message));
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  // Answers come from the engine as they are; schemas of answers document them.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => (body.length === 0 ? undefined : jsonBody(body)),
  );
  return app;
}

/** What the routes count. */
interface Counted {
  readonly pages: () => number;
  readonly senders: () => number;
  readonly intakeCounts: IntakeCounts;
}

function hostFigures(
  app: FastifyInstance,
  { clock, engine }: ServerParts,
  { pages, senders, intakeCounts }: Counted,
) {
  const started = clock.monotonic();
  const delay = loopDelay(clock);
  let engineRestarts = 0;
  const unsubscribe = engine.onState(({ state }) => {
    if (state === 'restarting') engineRestarts += 1;
  });
  app.addHook('onClose', async () => {
    unsubscribe();
    await delay.stop();
  });
  return () => ({
    uptimeSeconds: (clock.monotonic() - started) / 1000,
    loopDelay: delay.read(),
    webSockets: pages(),
    eventSockets: senders(),
    engineRestarts,
    intake: intakeCounts.figures(),
  });
}
