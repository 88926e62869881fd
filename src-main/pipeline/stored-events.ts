import { familyOf } from '../../src-contract/event-kinds.ts';
import type { JournalEvent, StoredBatch } from '../../src-contract/journal.ts';
import { FAMILY_RULES } from './event-families.ts';

/**
 * Reads a stored batch back into events, as they were when it was committed. Bodies passed their checks then; a body that
 * does not pass any more (its family's schema became stricter) is left out rather than stopping the replay; of a
 * redacted one the time is left.
 */
export function storedEvents(stored: StoredBatch): JournalEvent[] {
  const events: JournalEvent[] = [];
  for (const { id, kind, occurredAt, receivedAt, body: bytes } of stored.rows) {
    const event = { id, kind, source: stored.source, occurredAt, receivedAt };
    if (bytes === null) {
      events.push({ ...event, body: null });
      continue;
    }
    const body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as object;
    if (FAMILY_RULES.get(familyOf(kind))?.checkStored(body) !== null) continue;
    events.push({ ...event, body });
  }
  return events;
}
