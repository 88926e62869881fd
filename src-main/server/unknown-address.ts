import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendProblem } from './error-answers.ts';
import { ProblemError } from './problem.ts';

interface KnownRoute {
  readonly method: string;
  readonly segments: readonly string[];
}

/** Remembers every route of `app` from now on; answers which methods an address takes. */
export function knownMethods(app: FastifyInstance): (path: string) => string[] {
  const routes: KnownRoute[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    const segments = url.split('/');
    if (segments.includes('*')) return;
    for (const one of [method].flat()) routes.push({ method: one, segments });
  });
  return (path) => {
    const segments = path.split('/');
    const methods = routes.filter((route) => fits(route.segments, segments)).map((route) => route.method);
    return [...new Set(methods)].sort();
  };
}

/**
 * Answers what no route takes: the page, where the address is one of its own; 405 with the methods that are taken, where
 * there are some; else 404.
 */
export function unknownAddress(
  app: FastifyInstance,
  methodsOf: (path: string) => string[],
  isPage: (request: FastifyRequest) => boolean,
): void {
  app.setNotFoundHandler((request, reply) => {
    if (isPage(request)) return reply.code(200).sendFile('index.html');
    const path = request.url.replace(/\?.*$/s, '');
    const methods = methodsOf(path);
    if (methods.length === 0 || methods.includes(request.method)) {
      return sendProblem(
        reply,
        new ProblemError('not_found', 'nothing has this address; /openapi.json lists what has'),
      );
    }
    const allow = methods.join(', ');
    return sendProblem(
      reply,
      new ProblemError('method_not_allowed', `this address takes ${allow}, not ${request.method}`, {
        headers: { allow },
      }),
    );
  });
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, index) => segment.startsWith(':') || segment === path[index])
  );
}
