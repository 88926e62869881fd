import type { EventKind } from '../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../src-contract/journal.ts';

/**
 * An event of a batch. A class, because V8 makes what a constructor makes in the young generation, but may come to make the
 * objects of a literal in the old one at once, when many of them lived long in the first moments: then every event of the
 * day would be left to major collections.
 */
export class BatchEvent implements JournalEvent {
  id: number;
  kind: EventKind;
  source: string;
  occurredAt: number;
  receivedAt: number;
  body: unknown;
  declare part?: number;

  constructor(
    id: number,
    kind: EventKind,
    source: string,
    occurredAt: number,
    receivedAt: number,
    body: unknown,
  ) {
    this.id = id;
    this.kind = kind;
    this.source = source;
    this.occurredAt = occurredAt;
    this.receivedAt = receivedAt;
    this.body = body;
  }
}
