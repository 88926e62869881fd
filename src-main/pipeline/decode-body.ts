import { isUtf8 } from 'node:buffer';
import { MAX_BODY_DEPTH } from '../../src-contract/event-bodies.ts';
import { isNestedDeeperThan } from '../lib/bracket-depth.ts';

/** A body that could not be read, with the reason in words. */
export interface Unreadable {
  reason: string;
}

/** A body shorter than this cannot be nested deeper than the limit. */
const DEPTH_MATTERS_FROM = 2 * MAX_BODY_DEPTH;
const TOO_DEEP = `the body is nested deeper than ${MAX_BODY_DEPTH} levels`;
/** An array deeper than this is refused as a whole, before it is parsed; below it, each of its elements on its own. */
const MAX_ARRAY_DEPTH = 1000;
const REPLACEMENT = '\ufffd';

/**
 * Reads a JSON object from bytes: strict UTF-8, at most {@link MAX_BODY_DEPTH} levels, no `__proto__` key.
 * @param bytes holds the body between `start` and `end`.
 * @returns the object, or why it is none.
 */
export function decodeBody(bytes: Buffer, start: number, end: number): object | Unreadable {
  if (end === start) return unreadable('the body is empty; a JSON object is accepted');
  const text = decodeText(bytes, start, end);
  if (typeof text !== 'string') return text;
  if (isTooDeep(text)) return unreadable(TOO_DEEP);
  const value = parse(text);
  if (value instanceof Refusal) return value;
  const wrong = objectRefusal(value, text);
  return wrong === null ? (value as object) : unreadable(wrong);
}

/** The elements of an array; when one of them may be such as {@link valueRefusal} refuses, each has to be asked about. */
export interface DecodedArray {
  values: readonly unknown[];
  suspicious: boolean;
}

/** Reads a JSON array of events from bytes: strict UTF-8, at most 1,000 levels. */
export function decodeArray(bytes: Buffer): DecodedArray | Unreadable {
  const text = decodeText(bytes, 0, bytes.length);
  if (typeof text !== 'string') return text;
  const isDeep = isNestedDeeperThan(MAX_BODY_DEPTH + 1, text);
  if (isDeep && isNestedDeeperThan(MAX_ARRAY_DEPTH, text)) {
    return unreadable(`the array is nested deeper than ${MAX_ARRAY_DEPTH} levels`);
  }
  const value = parse(text);
  if (value instanceof Refusal) return value;
  if (!Array.isArray(value)) return unreadable('the body is not a JSON array');
  return { values: value as unknown[], suspicious: isDeep || mayHavePrototypeKey(text) };
}

/** Why a parsed value cannot be an event, whatever its fields; `text` is its JSON. Null when it can. */
export function valueRefusal(value: unknown, text: string): string | null {
  return isTooDeep(text) ? TOO_DEEP : objectRefusal(value, text);
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

function unreadable(reason: string): Refusal {
  return new Refusal(reason);
}

function decodeText(bytes: Buffer, start: number, end: number): string | Refusal {
  const text = bytes.toString('utf8', start, end);
  // A replacement character is legal text too; only then is the slower strict check worth its time.
  if (text.includes(REPLACEMENT) && !isUtf8(bytes.subarray(start, end))) {
    return unreadable('the body is not UTF-8');
  }
  return text;
}

function isTooDeep(text: string): boolean {
  return text.length > DEPTH_MATTERS_FROM && isNestedDeeperThan(MAX_BODY_DEPTH, text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return unreadable(`the body is not JSON: ${(error as SyntaxError).message}`);
  }
}

function objectRefusal(value: unknown, text: string): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'the body is not a JSON object';
  }
  return mayHavePrototypeKey(text) && hasPrototypeKey(value) ? 'the body has a key named __proto__' : null;
}

/** The key can be written with escapes as well, so a text without both spellings' beginnings is safe without a walk. */
function mayHavePrototypeKey(text: string): boolean {
  return text.includes('__proto__') || text.includes('\\u005');
}

function hasPrototypeKey(value: object): boolean {
  if (Object.hasOwn(value, '__proto__')) return true;
  return Object.values(value).some(
    (inner) => typeof inner === 'object' && inner !== null && hasPrototypeKey(inner as object),
  );
}
