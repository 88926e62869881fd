import { errors } from 'undici';
import { errorMessage } from '../../lib/error-message.ts';

const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host name could not be looked up',
  ETIMEDOUT: 'no answer',
  EPIPE: 'connection lost',
  UND_ERR_SOCKET: 'connection lost',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
};

/** What went wrong with a call on its way, in words for people; secrets hidden. */
export function describeCallFailure(error: unknown): string {
  const code = codeOf(error);
  if (code !== null && Object.hasOwn(CODES, code)) return CODES[code] ?? code;
  if (error instanceof errors.HTTPParserError) return 'the answer is not HTTP';
  if (code !== null && isTls(code)) return `TLS failed: ${errorMessage(error)}`;
  return errorMessage(error);
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  // Several addresses of one host were tried; what the last one said will do.
  if (error instanceof AggregateError) return codeOf(error.errors.at(-1));
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

function isTls(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/.test(code);
}
