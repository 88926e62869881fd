import { errors } from 'undici';
import { failureCode, networkFailure } from '../../lib/network-failure.ts';

const WORDS: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'connection lost',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
};

/** What went wrong with a call on its way, in words for people; secrets hidden. */
export function describeCallFailure(error: unknown): string {
  const code = failureCode(error);
  if (code !== null && Object.hasOwn(WORDS, code)) return WORDS[code] ?? code;
  if (error instanceof errors.HTTPParserError) return 'the answer is not HTTP';
  return networkFailure(error);
}
