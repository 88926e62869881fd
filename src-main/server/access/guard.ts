import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopback } from '../../lib/loopback.ts';
import { ProblemError } from '../problem.ts';
import type { ServerParts } from '../server-parts.ts';
import { LOGIN_PATH, sendToLogin } from './login-routes.ts';
import { roleOfSession, roleOfToken, SESSION_COOKIE, type Role, type Tokens } from './session.ts';
import { isTrustedHost, isTrustedOrigin } from './trusted-origin.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the sender may do; null where nobody was recognised. */
    role: Role | null;
  }
  interface FastifyContextConfig {
    /** Whether reading this takes so much work that the pages of other sites may not ask for it either. */
    isCostly?: boolean;
  }
}

/** Needs no token: whoever restarts or balances the app asks these. */
const OPEN_PATHS: ReadonlySet<string> = new Set([LOGIN_PATH, '/health/live', '/health/ready']);

/** Methods that change nothing. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

type Guarded = Pick<ServerParts, 'listen' | 'clock' | 'limits'>;

/**
 * Lets in whom `listen` allows, before anything of a request is read: the `Host` must be ours, the `Origin` of what
 * changes state or is costly (and of WebSockets) the page's own; beyond loopback there is a rate limit; where tokens are
 * configured a request needs one, and a reader's only reads.
 */
export async function guard(app: FastifyInstance, { listen, clock, limits }: Guarded): Promise<void> {
  await app.register(cookie);
  app.decorateRequest('role', null);
  app.addHook('onRequest', async (request) => {
    refuseStrangers(request, listen);
  });
  if (!isLoopback(listen.host)) await limitRate(app, limits.requestsPerSecond);
  app.addHook('onRequest', async (request, reply) => {
    request.role = roleOf(request, listen, clock.now());
    if (OPEN_PATHS.has(request.routeOptions.url ?? '')) return;
    if (request.role === null) return sendToLogin(request, reply);
    if (request.role === 'reader' && !SAFE_METHODS.has(request.method)) {
      throw new ProblemError(
        'forbidden',
        'this token only reads: changing something takes the operator token',
      );
    }
  });
}

function refuseStrangers(request: FastifyRequest, listen: ServerParts['listen']): void {
  const { host, origin, upgrade } = request.headers;
  if (!isTrustedHost(host, listen, request.socket.localAddress)) {
    throw new ProblemError(
      'forbidden',
      `requests for the host ${JSON.stringify(host ?? '')} are not answered; --allowed-hosts lists further names`,
    );
  }
  const isCostly = request.routeOptions.config.isCostly === true;
  if (SAFE_METHODS.has(request.method) && upgrade === undefined && !isCostly) return;
  const crossSite = request.headers['sec-fetch-site'] === 'cross-site';
  if (!isTrustedOrigin(origin, host, listen) || (crossSite && origin === undefined)) {
    throw new ProblemError(
      'forbidden',
      `pages of ${JSON.stringify(origin ?? 'another site')} may not do this`,
    );
  }
}

async function limitRate(app: FastifyInstance, max: number): Promise<void> {
  await app.register(rateLimit, { global: false });
  const check = app.createRateLimit({ max, timeWindow: 1000 });
  app.addHook('onRequest', async (request) => {
    const answer = await check(request);
    if (answer.isAllowed || !answer.isExceeded) return;
    throw new ProblemError('too_many', `more than ${max} requests in a second: try again later`, {
      headers: { 'retry-after': String(Math.max(1, answer.ttlInSeconds)) },
    });
  });
}

function roleOf(request: FastifyRequest, tokens: Tokens, now: number): Role | null {
  if (tokens.token === null) return 'operator';
  const [, bearer] = /^Bearer +(.*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (bearer !== undefined) return roleOfToken(bearer.trim(), tokens);
  const session = request.cookies[SESSION_COOKIE];
  return session === undefined ? null : roleOfSession(session, now, tokens);
}
