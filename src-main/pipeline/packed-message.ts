import { MAX_PACKED_BYTES, MAX_PACKED_EVENTS } from '../../src-contract/event-bodies.ts';
import { jsonAt, jsonElements, type JsonPlace } from '../lib/json-elements.ts';
import { checkObject, checkValue, type AcceptedEvent, type RefusedEvent } from './check-event.ts';
import { decodeArray, isUnreadable } from './decode-body.ts';
import type { FamilyRule } from './event-families.ts';

/** A message that is an array of events, each of which was checked. */
export interface PackedMessage {
  ok: true;
  events: AcceptedEvent[];
  /** The elements that failed, with their place in the array and their text as it was sent. */
  rejects: { part: number; reason: string; body: Uint8Array }[];
  /** The array that is kept: as received when all its elements passed, else the shortest JSON of those that did. */
  row: Uint8Array;
}

const ARRAY = 91;
const LAST_BLANK = 32;

/** Whether a body begins as a JSON array does. */
export function isArrayBody(body: Uint8Array): boolean {
  let at = 0;
  while (at < body.length && (body[at] as number) <= LAST_BLANK) at += 1;
  return body[at] === ARRAY;
}

/**
 * Reads a message that packs several events into an array, and checks each of them as a message of its own. Refused as a
 * whole when it is no array, empty, or beyond {@link MAX_PACKED_EVENTS} or {@link MAX_PACKED_BYTES}.
 * @param publishedAt when the source says it was published, UTC milliseconds.
 */
export function readPacked(
  rule: FamilyRule,
  body: Uint8Array,
  publishedAt: number,
  now: number,
  baseCurrency: () => string,
): PackedMessage | RefusedEvent {
  if (body.length > MAX_PACKED_BYTES) {
    return refused(`the array has ${body.length} bytes; at most ${MAX_PACKED_BYTES} are accepted`);
  }
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const decoded = decodeArray(bytes);
  if (isUnreadable(decoded)) return refused(decoded.reason);
  const { values } = decoded;
  if (values.length === 0)
    return refused(`the array is empty; 1 to ${MAX_PACKED_EVENTS} events are accepted`);
  if (values.length > MAX_PACKED_EVENTS) {
    return refused(`the array has ${values.length} events; at most ${MAX_PACKED_EVENTS} are accepted`);
  }
  const events: AcceptedEvent[] = [];
  const rejects: PackedMessage['rejects'] = [];
  // Where the elements stand is looked up only when one of them fails.
  let places: JsonPlace[] | undefined;
  // In an array of fewer bytes no element can be too large: only then is the text of each worth making.
  const closely = decoded.suspicious || body.length > rule.maxBytes;
  for (const [part, element] of values.entries()) {
    const checked =
      closely || !isObject(element)
        ? checkValue(rule, element, JSON.stringify(element), publishedAt, now, baseCurrency)
        : checkObject(rule, element, publishedAt, now, baseCurrency);
    if (checked.ok) events.push(checked);
    else
      rejects.push({
        part,
        reason: checked.reason,
        body: jsonAt(bytes, (places ??= jsonElements(bytes))[part] as JsonPlace),
      });
  }
  const row = rejects.length === 0 ? body : Buffer.from(JSON.stringify(events.map((event) => event.body)));
  return { ok: true, events, rejects, row };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(reason: string): RefusedEvent {
  return { ok: false, reason };
}
