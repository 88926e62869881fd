import type { EventKind } from '../../src-contract/event-kinds.ts';
import {
  journalId,
  type EventBatch,
  type JournalEvent,
  type RejectedEvent,
} from '../../src-contract/journal.ts';
import type { AcceptedEvent } from './check-event.ts';

/** A closed batch: its columns for the store, its parsed events for the projections. */
export interface ClosedBatch {
  columns: EventBatch;
  events: JournalEvent[];
}

/** Bytes kept of a rejected body. */
const MAX_REJECT_BYTES = 1024 * 1024;
/** A batch closes early when its bodies reach this size, whatever their number. */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** Collects the messages of one stream incarnation into columns until the batch is closed. */
export class BatchBuilder {
  readonly #stream: { env: string; source: string; incarnation: number };
  readonly #capacity: number;
  #bodies: Buffer;
  #seqs: Float64Array;
  #kinds: Uint8Array;
  #occurredAt: Float64Array;
  #receivedAt: Float64Array;
  #bodyEnds: Uint32Array;
  #keys: (string | null)[] = [];
  #events: JournalEvent[] = [];
  #rejects: RejectedEvent[] = [];
  #others = new Map<string, number>();
  #confirmed = 0;
  #messages = 0;
  #bytes = 0;
  #rejectBytes = 0;
  #lastSeq = 0;
  #follows = 0;

  /** @param capacity the most messages a batch holds; offering more is a fault of the caller. */
  constructor(stream: { env: string; source: string; incarnation: number }, capacity: number) {
    this.#stream = stream;
    this.#capacity = capacity;
    this.#bodies = Buffer.allocUnsafeSlow(64 * 1024);
    this.#seqs = new Float64Array(capacity);
    this.#kinds = new Uint8Array(capacity);
    this.#occurredAt = new Float64Array(capacity);
    this.#receivedAt = new Float64Array(capacity);
    this.#bodyEnds = new Uint32Array(capacity);
  }

  /** Messages so far: events, rejects, others and confirmed ones. */
  get messages(): number {
    return this.#messages;
  }

  /** Events, rejects and confirmed messages so far: what the ledger calls waiting. */
  get ledgered(): number {
    return this.#events.length + this.#rejects.length + this.#confirmed;
  }

  /** Whether the batch has to be closed before the next message. */
  get full(): boolean {
    return this.#messages >= this.#capacity || this.#bytes + this.#rejectBytes >= MAX_BATCH_BYTES;
  }

  /** Where a body of `size` bytes can be read once {@link place} has copied it. */
  get buffer(): Buffer {
    return this.#bodies;
  }

  /** Copies a body behind the others without counting it yet; answers where it begins. */
  place(body: Uint8Array): number {
    const start = this.#bytes;
    if (start + body.length > this.#bodies.length) this.#grow(start + body.length);
    this.#bodies.set(body, start);
    return start;
  }

  /** Counts the body placed last as an accepted event. */
  accept(seq: number, kind: EventKind, event: AcceptedEvent, size: number, now: number): void {
    const index = this.#events.length;
    this.#bytes += size;
    this.#seqs[index] = seq;
    this.#kinds[index] = kind;
    this.#occurredAt[index] = event.occurredAt;
    this.#receivedAt[index] = now;
    this.#bodyEnds[index] = this.#bytes;
    this.#keys.push(event.key);
    this.#events.push({
      id: journalId(this.#stream.incarnation, seq),
      kind,
      source: this.#stream.source,
      occurredAt: event.occurredAt,
      receivedAt: now,
      body: event.body,
    });
    this.#count(seq);
  }

  /** Counts a message as rejected; the body is copied, at most 1 MiB of it. */
  reject(seq: number, subject: string, reason: string, body: Uint8Array, now: number): void {
    const kept = body.slice(0, MAX_REJECT_BYTES);
    this.#rejectBytes += kept.length;
    this.#rejects.push({
      seq,
      subject,
      reason,
      receivedAt: now,
      body: kept,
      bytes: body.length,
    });
    this.#count(seq);
  }

  /** Counts a message on a subject the app does not remember. */
  other(seq: number, subject: string): void {
    this.#others.set(subject, (this.#others.get(subject) ?? 0) + 1);
    this.#count(seq);
  }

  /** Counts a message that only moves the offset. */
  confirm(seq: number): void {
    this.#confirmed++;
    this.#count(seq);
  }

  /** Closes the batch and begins the next one. */
  close(): ClosedBatch {
    const count = this.#events.length;
    const columns: EventBatch = {
      ...this.#stream,
      count,
      seqs: this.#seqs.slice(0, count),
      kinds: this.#kinds.slice(0, count),
      occurredAt: this.#occurredAt.slice(0, count),
      receivedAt: this.#receivedAt.slice(0, count),
      keys: this.#keys,
      bodies: new Uint8Array(this.#bodies.subarray(0, this.#bytes)),
      bodyEnds: this.#bodyEnds.slice(0, count),
      rejects: this.#rejects,
      others: [...this.#others].map(([subject, times]) => ({ subject, count: times })),
      confirmed: this.#confirmed,
      follows: this.#follows,
      lastSeq: this.#lastSeq,
    };
    const events = this.#events;
    this.#begin();
    return { columns, events };
  }

  #begin(): void {
    this.#keys = [];
    this.#events = [];
    this.#rejects = [];
    this.#others = new Map();
    this.#confirmed = 0;
    this.#messages = 0;
    this.#bytes = 0;
    this.#rejectBytes = 0;
    this.#follows = this.#lastSeq;
    if (this.#bodies.length > MAX_BATCH_BYTES) this.#bodies = Buffer.allocUnsafeSlow(64 * 1024);
  }

  #count(seq: number): void {
    this.#messages++;
    this.#lastSeq = seq;
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bodies.length * 2));
    this.#bodies.copy(grown, 0, 0, this.#bytes);
    this.#bodies = grown;
  }
}
