import { jsonErrorPosition } from '../lib/json-error-position.ts';
import { ProblemError } from './problem.ts';

/**
 * Reads a request's body as JSON.
 *
 * @throws ProblemError `invalid_json` with the byte position at which it stops being JSON in UTF-8.
 */
export function jsonBody(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  const broken = firstDifference(bytes, Buffer.from(text));
  if (broken !== null) {
    throw invalid(`the body is not UTF-8 from byte ${broken} on`, broken);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = jsonErrorPosition(bytes);
    if (position === null) throw error;
    throw invalid(describe(bytes, position), position);
  }
}

/** Bytes that are not UTF-8 were replaced while decoding, and differ when the text is encoded again. */
function firstDifference(bytes: Buffer, again: Buffer): number | null {
  if (bytes.equals(again)) return null;
  const index = bytes.findIndex((byte, at) => byte !== again[at]);
  return index === -1 ? bytes.length : index;
}

function describe(bytes: Buffer, position: number): string {
  if (position >= bytes.length) return `the body ends at byte ${position}, before its JSON is complete`;
  const rest = bytes.toString('utf8', position, position + 4);
  return `the body is not JSON: unexpected ${JSON.stringify(String.fromCodePoint(rest.codePointAt(0) ?? 0))} at byte ${position}`;
}

function invalid(message: string, position: number): ProblemError {
  return new ProblemError('invalid_json', message, { details: { position } });
}
