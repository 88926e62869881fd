import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../problem.ts';
import type { ServerParts } from '../server-parts.ts';
import { localAddress, loginPage, type LoginPage } from './login-page.ts';
import { roleOfToken, SESSION_COOKIE, SESSION_MS, sessionCookie } from './session.ts';

/** Where one signs in. */
export const LOGIN_PATH = '/login';

const FORM_BYTES = 4096;
const MINUTE_MS = 60_000;

type LoginParts = Pick<ServerParts, 'engine' | 'listen' | 'clock' | 'limits'>;

/** The page to sign in, and what it sends: a token, exchanged for a cookie no script can read. */
export async function loginRoutes(app: FastifyInstance, parts: LoginParts): Promise<void> {
  const { engine, listen, clock, limits } = parts;
  const attempts = attemptsOf(clock, limits.signInsPerMinute);
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );

  app.get(LOGIN_PATH, { schema: { hide: true } }, async (request, reply) => {
    const next = localAddress((request.query as { next?: string }).next);
    if (request.role !== null) return reply.redirect(next, 303);
    return page(reply, 200, { next, failure: null });
  });

  app.post(LOGIN_PATH, { schema: { hide: true }, bodyLimit: FORM_BYTES }, async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const next = localAddress(form.get('next') ?? undefined);
    if (!attempts(request.ip)) {
      const words = `More than ${limits.signInsPerMinute} attempts in a minute. Wait, then try again.`;
      return page(reply.header('retry-after', '60'), 429, { next, failure: words });
    }
    const role = roleOfToken((form.get('token') ?? '').trim(), listen);
    if (role === null) return page(reply, 401, { next, failure: 'That token is not known here.' });
    engine.audit(`http ${request.ip}`, 'sign_in', role, 'ok');
    const value = sessionCookie(role, clock.now() + SESSION_MS, listen);
    const cookie = { path: '/', httpOnly: true, sameSite: 'strict', maxAge: SESSION_MS / 1000 } as const;
    return reply.setCookie(SESSION_COOKIE, value, cookie).redirect(next, 303);
  });
}

/** Answers a request that needs a token: a browser is led to the page to sign in, others get 401. */
export function sendToLogin(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const accepts = request.headers.accept ?? '';
  if (request.method === 'GET' && !request.ws && accepts.includes('text/html')) {
    return reply.redirect(`${LOGIN_PATH}?next=${encodeURIComponent(request.url)}`, 303);
  }
  const given = request.headers.authorization !== undefined;
  throw new ProblemError(
    'unauthorized',
    given
      ? 'the token in the Authorization header is not known here'
      : `a token is needed: "Authorization: Bearer …", or sign in at ${LOGIN_PATH}`,
    { headers: { 'www-authenticate': 'Bearer realm="PulseDesk"' } },
  );
}

function page(reply: FastifyReply, status: number, content: LoginPage): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(loginPage(content));
}

/** Counts attempts per client and minute; answers whether one more is allowed. Forgets all of them every minute. */
function attemptsOf(clock: LoginParts['clock'], most: number): (client: string) => boolean {
  const counts = new Map<string, number>();
  let began = clock.monotonic();
  return (client) => {
    if (clock.monotonic() - began >= MINUTE_MS || counts.size >= 10_000) {
      counts.clear();
      began = clock.monotonic();
    }
    const count = (counts.get(client) ?? 0) + 1;
    counts.set(client, count);
    return count <= most;
  };
}
