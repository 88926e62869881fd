import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What somebody may do: everything, or only look. */
export type Role = 'operator' | 'reader';

/** The tokens that were configured; null where there is none. */
export interface Tokens {
  readonly token: string | null;
  readonly readToken: string | null;
}

/** How long a signed-in browser stays so, in milliseconds: 30 days. */
export const SESSION_MS = 30 * 24 * 3_600_000;

/** Name of the cookie that holds a session. */
export const SESSION_COOKIE = 'pulsedesk_session';

/** The role a token gives; null for an unknown one. Takes equally long for every wrong one. */
export function roleOfToken(candidate: string, { token, readToken }: Tokens): Role | null {
  const operator = token !== null && same(candidate, token);
  const reader = readToken !== null && same(candidate, readToken);
  if (operator) return 'operator';
  return reader ? 'reader' : null;
}

/**
 * The cookie of a session that ends at `expiresAt` (UTC milliseconds). It is signed with the token itself, which it
 * does not contain: it outlives a restart, and ends when the token is changed.
 */
export function sessionCookie(role: Role, expiresAt: number, tokens: Tokens): string {
  return `${role}.${expiresAt}.${signature(role, expiresAt, tokens)}`;
}

/** The role a session's cookie gives at `now`; null when it is forged, expired or of another token. */
export function roleOfSession(cookie: string, now: number, tokens: Tokens): Role | null {
  const [role, expiry, signed, ...more] = cookie.split('.');
  if ((role !== 'operator' && role !== 'reader') || signed === undefined || more.length > 0) return null;
  const expiresAt = Number(expiry);
  if (!Number.isSafeInteger(expiresAt) || tokenOf(role, tokens) === null) return null;
  return same(signed, signature(role, expiresAt, tokens)) && now < expiresAt ? role : null;
}

function signature(role: Role, expiresAt: number, tokens: Tokens): string {
  const key = tokenOf(role, tokens) ?? '';
  return createHmac('sha256', key).update(`pulsedesk session ${role} ${expiresAt}`).digest('base64url');
}

function tokenOf(role: Role, { token, readToken }: Tokens): string | null {
  return role === 'operator' ? token : readToken;
}

/** Compares digests, so that neither length nor content shows in the time it takes. */
function same(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
