import { isUtf8 } from 'node:buffer';
import { MAX_BODY_DEPTH } from '../../src-contract/event-bodies.ts';
import { bracketDepth } from '../lib/bracket-depth.ts';

/** A body that could not be read, with the reason in words. */
export interface Unreadable {
  reason: string;
}

/** A body shorter than this cannot be nested deeper than the limit. */
const DEPTH_MATTERS_FROM = 2 * MAX_BODY_DEPTH;
const REPLACEMENT = '\ufffd';

/**
 * Reads a JSON object from bytes: strict UTF-8, at most {@link MAX_BODY_DEPTH} levels, no `__proto__` key.
 * @param bytes holds the body between `start` and `end`.
 * @returns the object, or why it is none.
 */
export function decodeBody(bytes: Buffer, start: number, end: number): object | Unreadable {
  if (end === start) return unreadable('the body is empty; a JSON object is accepted');
  const text = bytes.toString('utf8', start, end);
  // A replacement character is legal text too; only then is the slower strict check worth its time.
  if (text.includes(REPLACEMENT) && !isUtf8(bytes.subarray(start, end))) {
    return unreadable('the body is not UTF-8');
  }
  if (end - start > DEPTH_MATTERS_FROM && bracketDepth(text) > MAX_BODY_DEPTH) {
    return unreadable(`the body is nested deeper than ${MAX_BODY_DEPTH} levels`);
  }
  return parseObject(text);
}

/** Tells a decoded object from a refusal: only refusals are made by this module's hidden class. */
export function isUnreadable(decoded: object): decoded is Unreadable {
  return decoded instanceof Refusal;
}

class Refusal implements Unreadable {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

function unreadable(reason: string): Unreadable {
  return new Refusal(reason);
}

function parseObject(text: string): object | Unreadable {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return unreadable(`the body is not JSON: ${(error as SyntaxError).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return unreadable('the body is not a JSON object');
  }
  // The key can be written with escapes as well, so a text without both spellings' beginnings is safe without a walk.
  if ((text.includes('__proto__') || text.includes('\\u005')) && hasPrototypeKey(value)) {
    return unreadable('the body has a key named __proto__');
  }
  return value;
}

function hasPrototypeKey(value: object): boolean {
  if (Object.hasOwn(value, '__proto__')) return true;
  return Object.values(value).some(
    (inner) => typeof inner === 'object' && inner !== null && hasPrototypeKey(inner as object),
  );
}
