import { readJson } from '../lib/read-json.ts';
import { ProblemError } from './problem.ts';

/**
 * Reads a request's body as JSON.
 *
 * @throws ProblemError `invalid_json` with the byte position at which it stops being JSON in UTF-8.
 */
export function jsonBody(bytes: Buffer): unknown {
  const reading = readJson(bytes);
  if (reading.ok) return reading.value;
  throw new ProblemError('invalid_json', reading.message, { details: reading.at });
}
