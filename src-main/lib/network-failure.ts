import { errorMessage } from './error-message.ts';

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host name could not be looked up',
  ETIMEDOUT: 'no answer',
  EPIPE: 'connection lost',
};

/** What kept a connection from a host, in words for people, by the code of the error or of its cause; secrets hidden. */
export function networkFailure(error: unknown): string {
  const code = failureCode(error);
  if (code !== null && Object.hasOwn(WORDS, code)) return WORDS[code] ?? code;
  if (code !== null && isTls(code)) return `TLS failed: ${errorMessage(error)}`;
  return errorMessage(error);
}

/** The code of an error, or of the first of its causes that has one; null without any. */
export function failureCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  // Several addresses of one host were tried; what the last one said will do.
  if (error instanceof AggregateError) return failureCode(error.errors.at(-1));
  if ('code' in error && typeof error.code === 'string') return error.code;
  return failureCode(error.cause);
}

function isTls(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/.test(code);
}
