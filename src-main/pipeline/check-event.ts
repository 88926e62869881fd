import { MAX_FUTURE_MS } from '../../src-contract/event-bodies.ts';
import { decodeBody, isUnreadable } from './decode-body.ts';
import type { FamilyRule } from './event-families.ts';

/** A message that passed every check. */
export interface AcceptedEvent {
  ok: true;
  body: object;
  key: string | null;
  /** From the body, else the time of publication; UTC milliseconds. */
  occurredAt: number;
}

/** A message that did not, with the reason in words. */
export interface RefusedEvent {
  ok: false;
  reason: string;
}

/**
 * Decodes and validates one message: size, UTF-8, JSON, depth, schema, symbols, time.
 * @param bytes holds the body between `start` and `end`.
 * @param publishedAt when the source says it was published, UTC milliseconds.
 */
export function checkEvent(
  rule: FamilyRule,
  bytes: Buffer,
  start: number,
  end: number,
  publishedAt: number,
  now: number,
): AcceptedEvent | RefusedEvent {
  const size = end - start;
  if (size > rule.maxBytes) {
    return refused(`the body has ${size} bytes; at most ${rule.maxBytes} are accepted`);
  }
  const body = decodeBody(bytes, start, end);
  if (isUnreadable(body)) return refused(body.reason);
  const wrong = rule.check(body);
  if (wrong !== null) return refused(wrong);
  const { occurred_at: stated } = body as { occurred_at?: string };
  const occurredAt = stated === undefined ? publishedAt : Date.parse(stated);
  if (Number.isNaN(occurredAt)) return refused(`/occurred_at ${JSON.stringify(stated)} is not a time`);
  if (occurredAt > now + MAX_FUTURE_MS) {
    return refused(`/occurred_at is more than ${MAX_FUTURE_MS / 60_000} minutes in the future`);
  }
  return { ok: true, body, key: rule.keyOf(body), occurredAt };
}

function refused(reason: string): RefusedEvent {
  return { ok: false, reason };
}
