import { EVENT_KINDS, familyOf, type EventKind } from '../../src-contract/event-kinds.ts';
import type { JournalEvent, StoredBatch } from '../../src-contract/journal.ts';
import { FAMILY_RULES } from './event-families.ts';

/**
 * Reads a stored batch back into events, as they were when it was committed. Bodies passed their checks then; a body that
 * does not pass any more (its family's schema became stricter) is left out rather than stopping the replay; of a
 * redacted one the time is left, and so it is of an invoice that does not pass, as its projection counts those.
 */
export function storedEvents(stored: StoredBatch): JournalEvent[] {
  const events: JournalEvent[] = [];
  for (const { id, kind, occurredAt, receivedAt, body: bytes } of stored.rows) {
    const event = { id, kind, source: stored.source, occurredAt, receivedAt };
    const body = bytes === null ? null : bodyOf(kind, bytes);
    if (body !== undefined) events.push({ ...event, body });
  }
  return events;
}

/** Null: only the time is left; undefined: nothing is. */
function bodyOf(kind: EventKind, bytes: Uint8Array): object | null | undefined {
  const body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as object;
  if (FAMILY_RULES.get(familyOf(kind))?.checkStored(body) === null) return body;
  return kind === EVENT_KINDS['invoice.issued'] ? null : undefined;
}
