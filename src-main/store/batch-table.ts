import type { Statements } from './statements.ts';

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

/** The number of the newest batch; 0 when there never was one. Those that aged out count. */
export function newestBatch(sql: Statements): number {
  return (
    sql.row<{ newest: number }>(
      `SELECT max(aged_batch, coalesce(
          (SELECT max((SELECT max(batch) FROM batch WHERE env = environment.id)) FROM environment), 0)) AS newest
        FROM figure`,
    )?.newest ?? 0
  );
}

/** Keeps which sequences a batch stored. */
export function rememberBatch(sql: Statements, batch: BatchRow): void {
  sql.run(
    `INSERT INTO batch (env, batch, incarnation, first_seq, last_seq, rows, bytes, received_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    batch.env,
    batch.number,
    batch.incarnation,
    batch.first,
    batch.last,
    batch.rows,
    batch.bytes,
    batch.receivedAt,
  );
}
