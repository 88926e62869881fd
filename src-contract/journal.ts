import type { EventKind } from './event-kinds.ts';

/** Stream sequences up to 2^40 fit beside the incarnation into one exact integer. */
const SEQUENCES = 2 ** 40;

/**
 * The journal's integer key: incarnation and stream sequence in one number below 2^53. An incarnation belongs to exactly
 * one environment, so the key begins with the environment by way of its incarnation.
 */
export function journalId(incarnation: number, seq: number): number {
  return incarnation * SEQUENCES + seq;
}

/** The incarnation and sequence of a {@link journalId}. */
export function journalPosition(id: number): { incarnation: number; seq: number } {
  const incarnation = Math.floor(id / SEQUENCES);
  return { incarnation, seq: id - incarnation * SEQUENCES };
}

/** A stored event as projections read it; times are UTC milliseconds, the body has passed its schema or was redacted: null. */
export interface JournalEvent {
  id: number;
  kind: EventKind;
  /** Id of the source it came from, such as `nats` or `demo`. */
  source: string;
  occurredAt: number;
  receivedAt: number;
  body: unknown;
  /** Which event of its row it is, for a message that packed several into one array; left out: the row is one event. */
  part?: number;
}

/**
 * Events of one stream incarnation, up to 2,000 unless options say otherwise, as columns: between threads a batch of columns
 * costs a fifth of the same batch as objects, and as views on one buffer half of what they cost as buffers of their own.
 * Index i of every column is the same event. Sequences rise strictly.
 */
export interface EventBatch {
  env: string;
  source: string;
  incarnation: number;
  count: number;
  seqs: Float64Array;
  kinds: Uint8Array;
  occurredAt: Float64Array;
  receivedAt: Float64Array;
  /**
   * How many events each row holds, for rows that are arrays of them; null while each row of the batch is one. Events are
   * numbered through the batch, row by row, part by part: what `ids` and `Committed.repeated` mean by an event's index.
   */
  parts: Uint16Array | null;
  /** Of events whose caller named them: index of the event, rising, and the name. Null for none. */
  ids: { event: number; id: string }[] | null;
  /** Of each row the id of the reject that it was made of; null for a batch that redrives nothing. */
  redriven: number[] | null;
  /** Slug of portfolio events, which can be asked to be forgotten; null for all others, and for a batch without any. */
  keys: (string | null)[] | null;
  /** The bodies one after another, as received. */
  bodies: Uint8Array;
  /** Where each body ends in `bodies`. */
  bodyEnds: Uint32Array;
  rejects: RejectedEvent[];
  /** Messages on subjects the app does not remember, counted by subject. */
  others: { subject: string; count: number }[];
  /** Messages that this instance published itself and read back: they only move the offset, and count as repeated. */
  confirmed: number;
  /** The `lastSeq` of the batch before it, 0 for the first: refused while less than this is stored of its stream. */
  follows: number;
  /** The offset that commits with the batch: everything up to here is stored, rejected or counted. */
  lastSeq: number;
}

/** An event that failed validation, as it is kept. */
export interface RejectedEvent {
  seq: number;
  /** Which element of an array in one message it was; 0 for a message that is one event, or is refused as a whole. */
  part: number;
  subject: string;
  receivedAt: number;
  reason: string;
  /** The body as received, at most 1 MiB of it. */
  body: Uint8Array;
  /** Its full size in bytes. */
  bytes: number;
}

/** What a commit answers. Batch numbers rise in the order of commits, across all environments. */
export interface Committed {
  batch: number;
  /**
   * Indexes of events that were stored before (by their sequence, by the name their caller gave them, or because their
   * reject was redriven already), and so were not stored again; null for none. In the ledger they count as repeated, but for
   * those of rejects that were redriven already or are no longer kept: redriving them is receiving nothing.
   */
  repeated: number[] | null;
  /** How many of the batch's rejects were stored before. */
  repeatedRejects: number;
  /** How many rejects the batch moved out of the rejected ones; of a batch that redrives nothing, 0. */
  movedRejects: number;
}

/**
 * A stored batch of {@link JournalEvent}s with its number, as replay reads it. The body of a redacted event is null: that
 * something happened then is kept, because minutes of event time open by it.
 */
export interface StoredBatch {
  batch: number;
  source: string;
  rows: {
    id: number;
    kind: EventKind;
    occurredAt: number;
    receivedAt: number;
    body: Uint8Array | null;
  }[];
}

/** A stream as its server knows it. A re-created stream has another `createdAt` and so is another incarnation. */
export interface StreamIdentity {
  env: string;
  source: string;
  name: string;
  /** UTC milliseconds. */
  createdAt: number;
}

/** A stream incarnation as it is stored. */
export interface StreamRecord extends StreamIdentity {
  incarnation: number;
  storedSeq: number;
  /** False once another incarnation of the same name replaced it. */
  active: boolean;
  gaps: { firstSeq: number; lastSeq: number; noticedAt: number; reason: string }[];
}
