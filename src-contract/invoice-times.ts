import type { InvoiceBody } from './event-bodies.ts';
import { toTimestamp } from './timestamp.ts';

/** A new invoice is issued at most so many days after its event. */
export const MAX_ISSUED_AHEAD_DAYS = 366;
/** It is due at most so many years after its event. */
export const MAX_DUE_AHEAD_YEARS = 10;

const DAY_MS = 86_400_000;

/**
 * Why a new invoice is not accepted for its times, naming the field and what is accepted; null: it is. One mistyped year
 * would else stand above or below all others for ever. What was stored before this was asked is not asked for it.
 * @param body states an invoice, as `invoiceFigures` finds.
 * @param eventAt when its event was published, in UTC milliseconds.
 */
export function invoiceTimesRefusal(body: InvoiceBody, eventAt: number): string | null {
  const { issued_at: issued, occurred_at: occurred, due_at: due } = body;
  const issuedUntil = eventAt + MAX_ISSUED_AHEAD_DAYS * DAY_MS;
  const ofIssue = issued === undefined ? '/occurred_at' : '/issued_at';
  return (
    outside(ofIssue, issued ?? occurred, issuedUntil, `${MAX_ISSUED_AHEAD_DAYS} days`) ??
    outside('/due_at', due, yearsAfter(eventAt, MAX_DUE_AHEAD_YEARS), `${MAX_DUE_AHEAD_YEARS} years`)
  );
}

function outside(field: string, stated: string | undefined, until: number, ahead: string): string | null {
  if (stated === undefined) return null;
  const at = Date.parse(stated);
  if (at >= 0 && at <= until) return null;
  return `${field} ${JSON.stringify(stated)} is out of range: 1970-01-01 to ${ahead} after the invoice was received, ${toTimestamp(until)}, is accepted`;
}

function yearsAfter(at: number, years: number): number {
  const date = new Date(at);
  return date.setUTCFullYear(date.getUTCFullYear() + years);
}
