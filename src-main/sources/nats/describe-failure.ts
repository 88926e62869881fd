import {
  AuthorizationError,
  PermissionViolationError,
  TimeoutError,
  UserAuthenticationExpiredError,
} from '@nats-io/transport-node';
import { errorMessage } from '../../lib/error-message.ts';

const CODES: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host name could not be looked up',
  ETIMEDOUT: 'no answer',
  EPIPE: 'connection lost',
};

/** What went wrong with a connection, in words for people; secrets hidden. */
export function describeFailure(error: unknown): string {
  if (error instanceof AuthorizationError) return `authorization failed: ${errorMessage(error)}`;
  if (error instanceof UserAuthenticationExpiredError) return `authorization expired: ${errorMessage(error)}`;
  if (error instanceof PermissionViolationError) return `not permitted: ${errorMessage(error)}`;
  if (error instanceof Error && error.cause instanceof PermissionViolationError)
    return describeFailure(error.cause);
  if (error instanceof TimeoutError) return 'the server does not answer';
  const code = codeOf(error);
  if (code !== null && Object.hasOwn(CODES, code)) return CODES[code] ?? code;
  if (code !== null && isTls(code)) return `TLS failed: ${errorMessage(error)}`;
  return errorMessage(error);
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

function isTls(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/.test(code);
}
