import type { FastifyInstance } from 'fastify';
import { contentSecurityPolicy } from '../lib/content-security-policy.ts';

/** What pages of this host may load: their own scripts and data, nothing of anybody else. */
export const CONTENT_SECURITY_POLICY = contentSecurityPolicy('self', "manifest-src 'self'");

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  // Not `no-referrer`: with that, browsers send the form to sign in with the origin `null`, which is refused.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

/** Puts the security headers on every answer, refusals included. Files of the page set their own caching. */
export function securityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS);
  });
}
