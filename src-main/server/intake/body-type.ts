import type { IncomingHttpHeaders } from 'node:http';
import { ProblemError } from '../problem.ts';

/** JSON, and what `fetch` and `curl` state of a text when nobody told them what it is. */
const TAKEN: ReadonlySet<string> = new Set([
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
]);

/**
 * Checks what a request with events says of its body: JSON, or nothing.
 *
 * @throws ProblemError `unsupported_media_type` for another type, or a compressed body.
 */
export function bodyType(headers: IncomingHttpHeaders): void {
  const type = headers['content-type'];
  const [essence = ''] = (type ?? '').split(';');
  if (type !== undefined && !TAKEN.has(essence.trim().toLowerCase())) {
    const words = `events are application/json, not ${JSON.stringify(type)}`;
    throw new ProblemError('unsupported_media_type', words);
  }
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    const words = `events are taken as they are, not compressed as ${JSON.stringify(encoding)}`;
    throw new ProblemError('unsupported_media_type', words);
  }
}
