import { EVENT_KINDS, familyOf, type EventKind } from '../../src-contract/event-kinds.ts';
import type { JournalEvent, StoredBatch } from '../../src-contract/journal.ts';
import { FAMILY_RULES } from './event-families.ts';

/**
 * Reads a stored batch back into events, as they were when it was committed; a row that packs several is as many events.
 * Bodies passed their checks then; a body that does not pass any more (its family's schema became stricter) is left out
 * rather than stopping the replay; of a redacted one the time is left, and so it is of an invoice that does not pass, as
 * its projection counts those.
 */
export function storedEvents(stored: StoredBatch): JournalEvent[] {
  const events: JournalEvent[] = [];
  for (const { id, kind, occurredAt, receivedAt, body: bytes } of stored.rows) {
    const event = { id, kind, source: stored.source, occurredAt, receivedAt };
    const parsed = bytes === null ? null : parse(bytes);
    if (Array.isArray(parsed)) addParts(events, event, parsed as object[]);
    else {
      const body = parsed === null ? null : bodyOf(kind, parsed);
      if (body !== undefined) events.push({ ...event, body });
    }
  }
  return events;
}

function parse(bytes: Uint8Array): object {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as object;
}

/** The time of the row is that of the parts that state none. */
function addParts(events: JournalEvent[], row: Omit<JournalEvent, 'body'>, parts: readonly object[]): void {
  for (const [part, parsed] of parts.entries()) {
    const body = bodyOf(row.kind, parsed);
    if (body === undefined || body === null) continue;
    const { occurred_at: stated } = body as { occurred_at?: string };
    const occurredAt = stated === undefined ? row.occurredAt : Date.parse(stated);
    events.push({ ...row, occurredAt, body, part });
  }
}

/** Null: only the time is left; undefined: nothing is. */
function bodyOf(kind: EventKind, body: object): object | null | undefined {
  if (FAMILY_RULES.get(familyOf(kind))?.checkStored(body) === null) return body;
  return kind === EVENT_KINDS['invoice.issued'] ? null : undefined;
}
