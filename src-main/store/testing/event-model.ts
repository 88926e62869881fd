import {
  journalId,
  type Committed,
  type EventBatch,
  type StreamRecord,
} from '../../../src-contract/journal.ts';
import { makeBatch, makeReject } from './batches.ts';

/** One event of a message: its body is unlike any other's. */
export interface ModelEvent {
  token: string;
  id: string | null;
}

/** What a message is: events that are stored as one row, and parts of it that are rejects. */
export interface ModelMessage {
  seq: number;
  events: ModelEvent[];
  rejects: number[];
  /** The reject that it was made of. */
  redriven?: number;
}

/** What the ledger of a source has to say. */
export interface ModelLedger {
  stored: number;
  repeated: number;
  rejected: number;
}

/** What message a sequence of a stream is: fixed, so that reading a part of it again gives the same. */
export function messageAt(stream: StreamRecord, seq: number): ModelMessage {
  const dice = (seq * 7919 + stream.incarnation * 104729) % 1009;
  const size = dice % 3 === 0 ? 1 : 1 + (dice % 4);
  const rejects = Array.from({ length: size }, (_, part) => part).filter(
    (part) => (dice + part * 5) % 6 === 0,
  );
  const events = Array.from({ length: size }, (_, part) => part)
    .filter((part) => !rejects.includes(part))
    .map((part) => ({
      token: `${stream.incarnation}/${seq}.${part}`,
      id: (dice + part) % 2 === 0 ? `name ${(dice * 31 + part) % 40}` : null,
    }));
  return { seq, events, rejects };
}

/** A batch of messages, packed where one of them has several events. */
export function batchOf(
  stream: StreamRecord,
  messages: readonly ModelMessage[],
  lastSeq: number,
): EventBatch {
  const rows = messages.filter(({ events }) => events.length > 0);
  const all = rows.flatMap(({ events }) => events);
  const ids = all.flatMap(({ id }, event) => (id === null ? [] : { event, id }));
  const redriven = rows.flatMap((row) => row.redriven ?? []);
  return makeBatch(
    stream,
    rows.map(({ seq, events }) => ({ seq, kind: 7, body: events.map(({ token }) => token) })),
    {
      parts: rows.map(({ events }) => events.length),
      ...(ids.length > 0 ? { ids } : {}),
      ...(redriven.length > 0 ? { redriven } : {}),
      rejects: messages.flatMap(({ seq, rejects }) => rejects.map((part) => makeReject(seq, 'bad', part))),
      lastSeq,
    },
  );
}

/** What a store has to hold after commits: the plainest way to say it. */
export class EventModel {
  readonly ledgers = new Map<string, ModelLedger>();
  /** Rows in the order of their commits, by journal id, as lists of tokens. */
  readonly rows: { id: number; tokens: string[] }[] = [];
  readonly #seen = new Set<number>();
  readonly #names = new Set<string>();
  readonly #open: Set<number>;
  /** Every event that ever came, each time that it did. */
  received = 0;

  /** @param open rejects that were not redriven: shared with the test, which learns their ids from the store. */
  constructor(open: Set<number>) {
    this.#open = open;
  }

  /** Applies a batch of messages; answers what the store has to answer. */
  commit(stream: StreamRecord, messages: readonly ModelMessage[]): Omit<Committed, 'batch'> {
    const ledger = this.ledgers.get(stream.source) ?? { stored: 0, repeated: 0, rejected: 0 };
    this.ledgers.set(stream.source, ledger);
    const answer = { repeated: [] as number[], repeatedRejects: 0, movedRejects: 0 };
    let event = 0;
    for (const message of messages) {
      const known = this.#seen.has(journalId(stream.incarnation, message.seq));
      this.#seen.add(journalId(stream.incarnation, message.seq));
      ledger[known ? 'repeated' : 'rejected'] += message.rejects.length;
      if (known) answer.repeatedRejects += message.rejects.length;
      this.received += message.rejects.length;
      answer.repeated.push(...this.#take(stream, message, known, ledger).map((index) => event + index));
      event += message.events.length;
      if (message.redriven !== undefined && !known && this.#open.delete(message.redriven)) {
        answer.movedRejects += 1;
        ledger.rejected -= 1;
        this.received -= 1;
      }
    }
    return { ...answer, repeated: answer.repeated.length === 0 ? null : answer.repeated };
  }

  #take(stream: StreamRecord, message: ModelMessage, known: boolean, ledger: ModelLedger): number[] {
    const { events, redriven, seq } = message;
    const closed = redriven !== undefined && !this.#open.has(redriven);
    const all = [...events.keys()];
    // A redrive that comes to nothing was not received: it counts nowhere.
    const counts = redriven === undefined || !(known || closed);
    if (counts) this.received += events.length;
    const repeated = known || closed ? all : all.filter((index) => this.#isKnown(events[index]?.id ?? null));
    if (counts) ledger.repeated += repeated.length;
    ledger.stored += events.length - repeated.length;
    const tokens = events.filter((_, index) => !repeated.includes(index)).map(({ token }) => token);
    if (tokens.length > 0) this.rows.push({ id: journalId(stream.incarnation, seq), tokens });
    return repeated;
  }

  #isKnown(id: string | null): boolean {
    if (id === null) return false;
    const known = this.#names.has(id);
    this.#names.add(id);
    return known;
  }
}
