import { journalId } from '../../src-contract/journal.ts';
import { candleBytes } from './candle-retention.ts';
import { PROJECTIONS } from './checkpoint-table.ts';
import { type Connection, inTransaction } from './database.ts';
import { nameBytes } from './event-name-table.ts';
import { invoiceBytes } from './invoice-total-table.ts';
import { placesOf, type StoredBlock } from './journal-block.ts';
import type { RetentionLimits } from './port.ts';
import { dropBodies } from './portfolio-body-table.ts';
import { rollupBytes } from './rollup-retention.ts';
import type { Statements } from './statements.ts';
import { deleteOldMinutes } from './value-retention.ts';

/** A slice is over after this time, so that commits do not wait longer. */
const SLICE_MS = 20;

/** Rows of one transaction, or one block. */
const ROWS_PER_STEP = 200;

interface OldBatch {
  env: number;
  batch: number;
  incarnation: number;
  first: number;
  last: number;
  receivedAt: number;
}

/**
 * Deletes what has aged out, slice by slice: journal rows by age and by size of the database, oldest batch first, never
 * one that a projection has not seen; minutes of value history by age. Ledger and offsets stay.
 */
export class Retention {
  readonly #sql: Statements;
  readonly #monotonic: () => number;

  /** @param monotonic milliseconds that never go back */
  constructor(sql: Statements, monotonic: () => number) {
    this.#sql = sql;
    this.#monotonic = monotonic;
  }

  /** One slice: at most about `maxRows` rows and 20 ms. Answers how many rows went; 0 when nothing is due. */
  retain(limits: RetentionLimits, now: number, maxRows: number): number {
    const until = this.#monotonic() + SLICE_MS;
    let gone = 0;
    while (gone < maxRows && this.#monotonic() < until) {
      const step = Math.min(ROWS_PER_STEP, maxRows - gone);
      const rows = inTransaction(this.#sql.db, () => this.#step(limits, now, step));
      if (rows === null) break;
      gone += rows;
    }
    return gone;
  }

  #step(limits: RetentionLimits, now: number, maxRows: number): number | null {
    const oldest = this.#oldest();
    const due =
      oldest !== undefined &&
      (now - oldest.receivedAt > limits.maxAgeMs || rawBytes(this.#sql) > limits.maxBytes);
    if (due) return this.#deleteFrom(oldest, maxRows);
    const minutes = deleteOldMinutes(this.#sql, now, maxRows);
    return minutes === 0 ? null : minutes;
  }

  /** The oldest batch that every projection of its environment has seen. */
  #oldest(): OldBatch | undefined {
    const heads = this.#sql.rows<OldBatch>(
      `SELECT b.env, b.batch, b.incarnation, b.first_seq AS first, b.last_seq AS last, b.received_at AS receivedAt
        FROM (SELECT env, min(batch) AS seen FROM projection_checkpoint GROUP BY env
            HAVING count(*) = ${PROJECTIONS.length}) c
        JOIN batch b ON b.env = c.env AND b.batch = (SELECT min(batch) FROM batch WHERE env = c.env)
        WHERE b.batch <= c.seen`,
    );
    return heads.sort((a, b) => a.receivedAt - b.receivedAt)[0];
  }

  #deleteFrom(batch: OldBatch, maxRows: number): number {
    const from = journalId(batch.incarnation, batch.first);
    const to = journalId(batch.incarnation, batch.last);
    let rows = 0;
    for (let block = this.#deleteBlock(from, to); block !== undefined; block = this.#deleteBlock(from, to)) {
      dropBodies(this.#sql, placesOf(block));
      rows += block.rows;
      if (rows >= maxRows) break;
    }
    this.#sql.run('UPDATE incarnation SET aged = aged + ? WHERE id = ?', rows, batch.incarnation);
    if (rows < maxRows) this.#deleteBatch(batch);
    // An empty batch counts as one row, so that a step that did something never looks like the end.
    return Math.max(1, rows);
  }

  #deleteBlock(from: number, to: number): Pick<StoredBlock, 'rows' | 'columns'> | undefined {
    return this.#sql.row(
      `DELETE FROM journal_block
        WHERE id = (SELECT id FROM journal_block WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1) RETURNING rows, columns`,
      from,
      to,
    );
  }

  #deleteBatch({ env, batch, incarnation, last }: OldBatch): void {
    this.#sql.run('DELETE FROM batch WHERE env = ? AND batch = ?', env, batch);
    this.#sql.run('UPDATE figure SET aged_batch = max(aged_batch, ?)', batch);
    this.#sql.run('UPDATE incarnation SET aged_seq = max(aged_seq, ?) WHERE id = ?', last, incarnation);
  }
}

/** What the limit of bytes is about: candles, rollups and names have limits of their own, and invoices none. */
function rawBytes(sql: Statements): number {
  return usedBytes(sql.db) - candleBytes(sql) - invoiceBytes(sql) - rollupBytes(sql) - nameBytes(sql);
}

/** Bytes of the database file that hold something: deleting frees pages inside the file, which does not shrink. */
export function usedBytes(db: Connection): number {
  const figure = (name: string): number => Number(db.pragma(name, { simple: true }));
  return (figure('page_count') - figure('freelist_count')) * figure('page_size');
}
