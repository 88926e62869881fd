import type { EventKind } from '../../src-contract/event-kinds.ts';
import {
  journalId,
  type EventBatch,
  type JournalEvent,
  type RejectedEvent,
} from '../../src-contract/journal.ts';
import { BatchColumns } from './batch-columns.ts';
import { BatchEvent } from './batch-event.ts';
import type { AcceptedEvent } from './check-event.ts';

/** A closed batch: its columns for the store, its parsed events for the projections. */
export interface ClosedBatch {
  columns: EventBatch;
  /** Numbered as {@link EventBatch} says, those of packed messages one by one. */
  events: JournalEvent[];
  /** Messages it settles: events, rejects, others and confirmed ones; a packed message is one. */
  messages: number;
  /** Bytes of its rows and of its rejects in their full size. */
  bytes: number;
  /** When its events arrived: from the event with this index on, at that monotonic time. Rising; the first is 0. */
  arrivals: readonly Arrival[];
}

/** Events that arrived together. */
export interface Arrival {
  from: number;
  at: number;
}

/** What stages count of a batch: its events and rejects, at least one. */
export function eventsIn({ columns, events }: ClosedBatch): number {
  return Math.max(1, events.length + columns.rejects.length);
}

/** What the ledger counts of a batch: of one that redrives, nothing. */
export function ledgeredIn({ columns, events }: ClosedBatch): number {
  if (columns.redriven !== null) return 0;
  return events.length + columns.rejects.length + columns.confirmed;
}

/** Bytes kept of a rejected body. */
const MAX_REJECT_BYTES = 1024 * 1024;
/** A batch closes early when its bodies reach this size, whatever their number. */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** Collects the messages of one stream incarnation into columns until the batch is closed. */
export class BatchBuilder {
  readonly #stream: { env: string; source: string; incarnation: number };
  readonly #capacity: number;
  readonly #columns: BatchColumns;
  #events: JournalEvent[] = [];
  #rejects: RejectedEvent[] = [];
  #others = new Map<string, number>();
  #ids: { event: number; id: string }[] | null = null;
  #redriven: number[] | null = null;
  #confirmed = 0;
  #messages = 0;
  #rejectBytes = 0;
  #refusedBytes = 0;
  #arrivals: Arrival[] = [{ from: 0, at: 0 }];
  #arrivedAt = 0;
  #lastSeq = 0;
  #follows = 0;

  /** @param capacity the most messages a batch holds; offering more is a fault of the caller. */
  constructor(stream: { env: string; source: string; incarnation: number }, capacity: number) {
    this.#stream = stream;
    this.#capacity = capacity;
    this.#columns = new BatchColumns(capacity, MAX_BATCH_BYTES);
  }

  /** Messages so far: events, rejects, others and confirmed ones. */
  get messages(): number {
    return this.#messages;
  }

  /** Events so far, those of packed messages one by one. */
  get events(): number {
    return this.#events.length;
  }

  /** Bytes so far, those of rejects in their full size. */
  get bytes(): number {
    return this.#columns.bytes + this.#refusedBytes;
  }

  /** What comes next arrived at this monotonic time. */
  arrivedAt(at: number): void {
    if (at === this.#arrivedAt) return;
    this.#arrivedAt = at;
    this.#arrivals.push({ from: this.#events.length, at });
  }

  /** Whether the batch has to be closed before the next message. */
  get full(): boolean {
    return (
      this.#messages >= this.#capacity ||
      this.#events.length + this.#rejects.length >= this.#capacity ||
      this.#columns.bytes + this.#rejectBytes >= MAX_BATCH_BYTES
    );
  }

  /** Whether a message of so many events goes into this batch: one that is larger than a batch goes alone. */
  takes(events: number): boolean {
    const held = this.#events.length + this.#rejects.length;
    return held === 0 || held + events <= this.#capacity;
  }

  /** Where a body of `size` bytes can be read once {@link place} has copied it. */
  get buffer(): Buffer {
    return this.#columns.buffer;
  }

  /** Copies a body behind the others without counting it yet; answers where it begins. */
  place(body: Uint8Array): number {
    return this.#columns.place(body);
  }

  /** Counts the body placed last as an accepted event. */
  accept(seq: number, kind: EventKind, event: AcceptedEvent, size: number, now: number): void {
    this.#columns.add(seq, kind, event.occurredAt, now, size);
    if (event.key !== null) this.#columns.key(event.key);
    const id = journalId(this.#stream.incarnation, seq);
    this.#events.push(new BatchEvent(id, kind, this.#stream.source, event.occurredAt, now, event.body));
    this.count(seq);
  }

  /**
   * Counts the body placed last as a row of these events, of which there are at most 65,535.
   * @param publishedAt the time of those that state none, UTC milliseconds.
   */
  acceptPacked(
    seq: number,
    kind: EventKind,
    events: readonly AcceptedEvent[],
    size: number,
    publishedAt: number,
    now: number,
  ): void {
    this.#columns.add(seq, kind, publishedAt, now, size);
    this.#columns.holds(events.length);
    const id = journalId(this.#stream.incarnation, seq);
    const { source } = this.#stream;
    for (const [part, { occurredAt, body }] of events.entries()) {
      const event = new BatchEvent(id, kind, source, occurredAt, now, body);
      event.part = part;
      this.#events.push(event);
    }
    this.count(seq);
  }

  /** Says by what name its caller knows the event with this index. */
  name(event: number, id: string): void {
    this.#ids ??= [];
    this.#ids.push({ event, id });
  }

  /** Says of which reject the row accepted last was made. Has to be said of every row of the batch, or of none. */
  redrives(reject: number): void {
    this.#redriven ??= [];
    this.#redriven.push(reject);
  }

  /** Counts a message as rejected; the body is copied, at most 1 MiB of it. */
  reject(seq: number, subject: string, reason: string, body: Uint8Array, now: number): void {
    this.rejectPart(seq, 0, subject, reason, body, now);
    this.count(seq);
  }

  /** Keeps what is wrong with one event of a packed message, which is counted as a message by itself, with {@link count} or as a row. */
  rejectPart(
    seq: number,
    part: number,
    subject: string,
    reason: string,
    body: Uint8Array,
    now: number,
  ): void {
    // Not `slice`: of a Buffer that is a view, which keeps and transfers all that it is a part of.
    const kept = new Uint8Array(body.subarray(0, MAX_REJECT_BYTES));
    this.#rejectBytes += kept.length;
    this.#refusedBytes += body.length;
    this.#rejects.push({ seq, part, subject, reason, receivedAt: now, body: kept, bytes: body.length });
  }

  /** Counts a message on a subject the app does not remember. */
  other(seq: number, subject: string): void {
    this.#others.set(subject, (this.#others.get(subject) ?? 0) + 1);
    this.count(seq);
  }

  /** Counts a message that only moves the offset. */
  confirm(seq: number): void {
    this.#confirmed++;
    this.count(seq);
  }

  /** Counts a message of which no row is made. */
  count(seq: number): void {
    this.#messages++;
    this.#lastSeq = seq;
  }

  /** Closes the batch and begins the next one. */
  close(): ClosedBatch {
    const { bytes } = this;
    const count = this.#columns.rows;
    const columns: EventBatch = {
      ...this.#stream,
      count,
      ...this.#columns.take(),
      ids: this.#ids,
      redriven: this.#redriven,
      rejects: this.#rejects,
      others: [...this.#others].map(([subject, times]) => ({ subject, count: times })),
      confirmed: this.#confirmed,
      follows: this.#follows,
      lastSeq: this.#lastSeq,
    };
    const closed = {
      columns,
      events: this.#events,
      messages: this.#messages,
      bytes,
      arrivals: this.#arrivals,
    };
    this.#begin();
    return closed;
  }

  #begin(): void {
    this.#events = [];
    this.#rejects = [];
    this.#others = new Map();
    this.#ids = null;
    this.#redriven = null;
    this.#confirmed = 0;
    this.#messages = 0;
    this.#rejectBytes = 0;
    this.#refusedBytes = 0;
    this.#arrivals = [{ from: 0, at: this.#arrivedAt }];
    this.#follows = this.#lastSeq;
  }
}
