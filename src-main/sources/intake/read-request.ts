import { MAX_PACKED_EVENTS } from '../../../src-contract/event-bodies.ts';
import type { IntakeAnswer, IntakeRequest } from '../../../src-contract/intake.ts';
import { jsonAt, jsonElements, jsonMember, type JsonPlace } from '../../lib/json-elements.ts';
import { readJson } from '../../lib/read-json.ts';

/** An {@link IntakeRequest} that could be read: its events, not yet checked. */
export interface ReadRequest {
  ok: true;
  events: readonly unknown[];
  /** One event by itself, not an array of them: what is wrong with it is the answer. */
  single: boolean;
  /** The text of one of the events as it stands in the request, by its place. */
  sent: (index: number) => Uint8Array;
  /** The `ref` of a frame; undefined without one. */
  ref: unknown;
}

/** Why a request is refused as a whole; nothing of it was taken. */
export type RefusedRequest = Extract<IntakeAnswer, { ok: false }>;

/** The one event name of a frame. */
const NEW_EVENT = 'new_event';
/** Deeper than this is not parsed at all; below it, the limit of each event says what is accepted. */
const MAX_DEPTH = 1000;

/** Reads what a request or a frame carries; refused are texts that are no JSON, and arrays of none or too many events. */
export function readRequest({ via, body }: IntakeRequest): ReadRequest | RefusedRequest {
  const reading = readJson(body, MAX_DEPTH);
  if (!reading.ok) {
    const { message, at } = reading;
    if (at.position === undefined) return refused(message);
    return { ok: false, code: 'invalid_json', message, details: at };
  }
  return via === 'websocket' ? readFrame(reading.value, body) : readBody(reading.value, body);
}

function readBody(value: unknown, body: Uint8Array): ReadRequest | RefusedRequest {
  if (!Array.isArray(value)) {
    return { ok: true, events: [value], single: true, sent: () => body, ref: undefined };
  }
  if (value.length === 0) {
    return refused(`the array is empty; 1 to ${MAX_PACKED_EVENTS} events are accepted`);
  }
  if (value.length > MAX_PACKED_EVENTS) {
    const message = `the array has ${value.length} events; at most ${MAX_PACKED_EVENTS} are accepted`;
    return { ok: false, code: 'too_large', message };
  }
  return { ok: true, events: value, single: false, sent: elementsOf(body), ref: undefined };
}

function readFrame(value: unknown, body: Uint8Array): ReadRequest | RefusedRequest {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused(`a frame is an object such as {"event":"${NEW_EVENT}","payload":{…},"ref":1}`);
  }
  const { event, payload, ref } = value as Record<string, unknown>;
  if (event !== NEW_EVENT) {
    const said = event === undefined ? 'is missing' : `${clipped(event)} is not known`;
    return { ...refused(`/event ${said}; "${NEW_EVENT}" is accepted`), ref };
  }
  if (payload === undefined) return { ...refused('/payload is missing: one event'), ref };
  if (Array.isArray(payload)) return { ...refused('/payload is one event, not an array of them'), ref };
  const sent = (): Uint8Array => jsonAt(body, jsonMember(body, 'payload') ?? { begin: 0, end: body.length });
  return { ok: true, events: [payload], single: true, sent, ref };
}

/** The text of each element; where they stand is looked up when the first is asked for, once for all. */
function elementsOf(body: Uint8Array): (index: number) => Uint8Array {
  let places: JsonPlace[] | undefined;
  return (index) => jsonAt(body, (places ??= jsonElements(body))[index] ?? { begin: 0, end: body.length });
}

function clipped(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function refused(message: string): RefusedRequest {
  return { ok: false, code: 'invalid_argument', message };
}
