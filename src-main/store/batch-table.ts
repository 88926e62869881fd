import type { Statements } from './statements.ts';
import { StoreFailure } from './store-failure.ts';

/** A part of a batch whose sequences nothing stored before lies between. */
export interface Run {
  first: number;
  last: number;
  rows: number;
  /** Sum of the bodies in bytes. */
  bytes: number;
}

/** A run as it is stored: batch numbers rise in the order of commits, across all environments. */
export interface BatchRow extends Run {
  number: number;
  env: number;
  incarnation: number;
  /** When its newest event was received: by this it ages. */
  receivedAt: number;
}

/** Takes the next `count` batch numbers; answers the last of them, or the newest one when `count` is 0. */
export function nextBatch(sql: Statements, count: number): number {
  if (count > 0) sql.run('UPDATE figure SET last_batch = last_batch + ?', count);
  const figure = sql.row<{ last: number }>('SELECT last_batch AS last FROM figure');
  if (figure === undefined) throw new StoreFailure('corrupt', 'the database has lost its figures');
  return figure.last;
}

/** Keeps which sequences a batch stored. */
export function rememberBatch(sql: Statements, batch: BatchRow): void {
  sql.run(
    `INSERT INTO batch (batch, env, incarnation, first_seq, last_seq, rows, bytes, received_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    batch.number,
    batch.env,
    batch.incarnation,
    batch.first,
    batch.last,
    batch.rows,
    batch.bytes,
    batch.receivedAt,
  );
  if (batch.rows > 0) countJournalRows(sql, batch.rows);
}

/** Adds to the kept number of journal rows, so that nobody has to count them. */
export function countJournalRows(sql: Statements, rows: number): void {
  sql.run('UPDATE figure SET journal_rows = journal_rows + ?', rows);
}
