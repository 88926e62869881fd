import type { Committed, EventBatch } from '../../src-contract/journal.ts';
import { assertFits, assertFollows } from './batch-check.ts';
import { keepPlain, screenRows } from './batch-screen.ts';
import { newestBatch, rememberBatch, type Run } from './batch-table.ts';
import { JournalInsert } from './journal-insert.ts';
import { KnownSequences } from './known-sequences.ts';
import { addReject, trimRejects } from './reject-table.ts';
import { freshPart, type NewPart, unknownPart } from './new-part.ts';
import type { Statements } from './statements.ts';
import { advanceStream, streamRow, type StreamRow } from './stream-table.ts';
import { countUnknownSubjects } from './unknown-subject-table.ts';

/** Stores batches of events: rows, rejects, counters and offset, all or nothing. Called inside a transaction. */
export class BatchCommit {
  readonly #sql: Statements;
  readonly #journal: JournalInsert;

  constructor(sql: Statements) {
    this.#sql = sql;
    this.#journal = new JournalInsert(sql);
  }

  /**
   * Throws a RangeError when the batch contradicts itself or its stream, and a StoreFailure when the batch that it follows
   * is not stored; nothing of it is stored then.
   */
  commit(batch: EventBatch): Committed {
    const stream = streamRow(this.#sql, batch.incarnation);
    assertFits(batch, stream);
    assertFollows(batch, stream);
    const part = this.#newPart(batch, stream);
    const kept = keepPlain(batch, part) ?? screenRows(this.#sql, batch, stream, part);
    this.#journal.insert(batch, kept, part.runs);
    const rejected = this.#addRejects(batch, stream, part.rejects);
    const last = this.#remember(batch, stream, part.runs);
    const confirmed = part.othersCount ? batch.confirmed : 0;
    advanceStream(this.#sql, stream.id, {
      lastSeq: batch.lastSeq,
      stored: kept.rows === null ? batch.count : kept.rows.length,
      packed: kept.packed,
      repeated: kept.repeats + batch.rejects.length - rejected + confirmed,
      rejected,
      other: part.othersCount ? countUnknownSubjects(this.#sql, stream.env, batch.others) : 0,
      disordered: part.disordered,
    });
    return {
      batch: last,
      repeated: kept.repeated,
      repeatedRejects: batch.rejects.length - rejected,
      movedRejects: kept.moved,
    };
  }

  #newPart(batch: EventBatch, stream: StreamRow): NewPart {
    const first = Math.min(batch.seqs[0] ?? batch.lastSeq, batch.rejects[0]?.seq ?? batch.lastSeq);
    if (first > stream.storedSeq) return freshPart(batch, first);
    const known = KnownSequences.from(this.#sql, stream, first);
    return unknownPart(batch, known, stream.storedSeq);
  }

  #addRejects(batch: EventBatch, stream: StreamRow, indexes: readonly number[]): number {
    let added = 0;
    for (const index of indexes) {
      const event = batch.rejects[index];
      if (event !== undefined && addReject(this.#sql, stream.env, stream.id, event)) added += 1;
    }
    if (added > 0) trimRejects(this.#sql);
    return added;
  }

  #remember(batch: EventBatch, stream: StreamRow, runs: readonly Run[]): number {
    let number = newestBatch(this.#sql);
    if (runs.length === 0) return number;
    const receivedAt = newestReceipt(batch);
    for (const run of runs) {
      number += 1;
      rememberBatch(this.#sql, { ...run, number, env: stream.env, incarnation: stream.id, receivedAt });
    }
    return number;
  }
}

function newestReceipt(batch: EventBatch): number {
  let newest = 0;
  for (let index = 0; index < batch.count; index += 1)
    newest = Math.max(newest, batch.receivedAt[index] ?? 0);
  for (const { receivedAt } of batch.rejects) newest = Math.max(newest, receivedAt);
  return newest;
}
