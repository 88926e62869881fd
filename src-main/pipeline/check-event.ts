import { MAX_FUTURE_MS, type PriceBody } from '../../src-contract/event-bodies.ts';
import { EVENT_KINDS } from '../../src-contract/event-kinds.ts';
import { decodeBody, isUnreadable, valueRefusal } from './decode-body.ts';
import type { FamilyRule } from './event-families.ts';
import { PlainPrices } from './plain-prices.ts';

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

const PRICE = EVENT_KINDS['stock.price_updated'];
/** For all streams together: it only remembers which symbols passed the checks. */
const plainPrices = new PlainPrices();

/**
 * Decodes and validates one message: size, UTF-8, JSON, depth, schema, symbols, figures, time.
 * @param bytes holds the body between `start` and `end`.
 * @param publishedAt when the source says it was published, UTC milliseconds.
 * @param baseCurrency answers the currency of amounts that name none.
 */
export function checkEvent(
  rule: FamilyRule,
  bytes: Buffer,
  start: number,
  end: number,
  publishedAt: number,
  now: number,
  baseCurrency: () => string,
): AcceptedEvent | RefusedEvent {
  if (end - start > rule.maxBytes) return tooLarge(end - start, rule);
  const plain = rule.kind === PRICE ? plainPrices.read(bytes, start, end) : null;
  if (plain !== null) return acceptedAt(plain, null, publishedAt, now);
  const body = decodeBody(bytes, start, end);
  if (isUnreadable(body)) return refused(body.reason);
  const checked = checkObject(rule, body, publishedAt, now, baseCurrency);
  if (checked.ok && rule.kind === PRICE) plainPrices.learn((body as PriceBody).symbol);
  return checked;
}

/** Validates an event that was parsed already, as {@link checkEvent} does; `text` is its JSON. */
export function checkValue(
  rule: FamilyRule,
  value: unknown,
  text: string,
  publishedAt: number,
  now: number,
  baseCurrency: () => string,
): AcceptedEvent | RefusedEvent {
  // No character of UTF-16 takes more than three bytes of UTF-8.
  if (text.length * 3 > rule.maxBytes) {
    const size = Buffer.byteLength(text);
    if (size > rule.maxBytes) return tooLarge(size, rule);
  }
  const wrong = valueRefusal(value, text);
  if (wrong !== null) return refused(wrong);
  return checkObject(rule, value as object, publishedAt, now, baseCurrency);
}

/** Validates an object that is known to be neither too large nor too deep: schema, figures, time. */
export function checkObject(
  rule: FamilyRule,
  body: object,
  publishedAt: number,
  now: number,
  baseCurrency: () => string,
): AcceptedEvent | RefusedEvent {
  const wrong = rule.check(body) ?? rule.checkEntering(body, baseCurrency, publishedAt);
  if (wrong !== null) return refused(wrong);
  return accepted(body, rule.keyOf(body), publishedAt, now);
}

function tooLarge(size: number, rule: FamilyRule): RefusedEvent {
  return refused(`the body has ${size} bytes; at most ${rule.maxBytes} are accepted`);
}

/** The last check: when it occurred. */
function accepted(
  body: object,
  key: string | null,
  publishedAt: number,
  now: number,
): AcceptedEvent | RefusedEvent {
  const { occurred_at: stated } = body as { occurred_at?: string };
  const occurredAt = stated === undefined ? publishedAt : Date.parse(stated);
  if (Number.isNaN(occurredAt)) return refused(`/occurred_at ${JSON.stringify(stated)} is not a time`);
  return acceptedAt(body, key, occurredAt, now);
}

function acceptedAt(
  body: object,
  key: string | null,
  occurredAt: number,
  now: number,
): AcceptedEvent | RefusedEvent {
  if (occurredAt > now + MAX_FUTURE_MS) {
    return refused(`/occurred_at is more than ${MAX_FUTURE_MS / 60_000} minutes in the future`);
  }
  return { ok: true, body, key, occurredAt };
}

function refused(reason: string): RefusedEvent {
  return { ok: false, reason };
}
