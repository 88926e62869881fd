import { inTransaction } from './database.ts';
import { findEnvironment } from './environment-table.ts';
import { runsOf, waitingId } from './invoice-run-table.ts';
import { totalRows } from './invoice-total-table.ts';
import type { Statements } from './statements.ts';

/** A slice is over after this time, so that commits do not wait longer. */
const SLICE_MS = 20;

/** Rows of one transaction. */
const ROWS_PER_STEP = 200;

interface OldReset {
  id: number;
  env: number;
  generation: number;
  /** The last id that was looked at. */
  purgedTo: number | null;
}

/** Deletes invoices that were reset, with everything kept beside them, slice by slice. A reset is for good once it begins. */
export class InvoicePurge {
  readonly #sql: Statements;
  readonly #monotonic: () => number;

  /** @param monotonic milliseconds that never go back */
  constructor(sql: Statements, monotonic: () => number) {
    this.#sql = sql;
    this.#monotonic = monotonic;
  }

  /** One slice: at most about `maxRows` rows and 20 ms. Answers how many rows went; 0 when nothing is due. */
  purge(envName: string, resetBefore: number, maxRows: number): number {
    const env = findEnvironment(this.#sql, envName);
    if (env === undefined) return 0;
    const until = this.#monotonic() + SLICE_MS;
    let gone = 0;
    while (gone < maxRows && this.#monotonic() < until) {
      const step = Math.min(ROWS_PER_STEP, maxRows - gone);
      const rows = inTransaction(this.#sql.db, () => this.#step(env, resetBefore, step));
      if (rows === null) break;
      gone += rows;
    }
    return gone;
  }

  #step(env: number, resetBefore: number, maxRows: number): number | null {
    const reset = this.#sql.row<OldReset>(
      `SELECT id, env, from_generation AS generation, purged_to AS purgedTo FROM invoice_reset
        WHERE env = ? AND at < ? ORDER BY id LIMIT 1`,
      env,
      resetBefore,
    );
    if (reset === undefined) return null;
    const waiting = this.#deleteWaiting(reset, maxRows);
    const shown = waiting === maxRows ? 0 : this.#deleteShown(reset, maxRows - waiting);
    if (shown === null) this.#finish(reset);
    // What only looked counts as one row, so that it never looks like the end.
    return Math.max(1, waiting + (shown ?? 0));
  }

  #deleteWaiting({ id, env, generation, purgedTo }: OldReset, maxRows: number): number {
    if (purgedTo === null) this.#sql.run('UPDATE invoice_reset SET purged_to = 0 WHERE id = ?', id);
    let gone = 0;
    for (const run of runsOf(this.#sql, env, generation)) {
      gone += this.#sql.run(
        'DELETE FROM invoice_waiting WHERE id IN (SELECT id FROM invoice_waiting WHERE id BETWEEN ? AND ? LIMIT ?)',
        waitingId(run, 0),
        waitingId(run, run.produced),
        maxRows - gone,
      );
      if (gone >= maxRows) break;
    }
    return gone;
  }

  /** Deletes rows behind the last that was looked at; null when there are none. */
  #deleteShown({ id, env, generation, purgedTo }: OldReset, maxRows: number): number | null {
    const totals = totalRows(this.#sql, env).filter((row) => row.generation === generation);
    const from = Math.max(purgedTo ?? 0, Math.min(...totals.map((row) => row.first)) - 1);
    const last = Math.max(0, ...totals.map((row) => row.newest));
    if (from >= last) return null;
    const found = this.#sql.rows<{ id: number; env: number; generation: number }>(
      'SELECT id, env, generation FROM invoice WHERE id > ? AND id <= ? ORDER BY id LIMIT ?',
      from,
      last,
      maxRows,
    );
    const due = found.filter((row) => row.env === env && row.generation === generation);
    for (const row of due) {
      this.#sql.run('DELETE FROM invoice WHERE id = ?', row.id);
      this.#sql.run('DELETE FROM invoice_detail WHERE id = ?', row.id);
      this.#sql.run('DELETE FROM invoice_text WHERE rowid = ?', row.id);
    }
    this.#sql.run('UPDATE invoice_reset SET purged_to = ? WHERE id = ?', found.at(-1)?.id ?? last, id);
    return due.length;
  }

  #finish({ id, env, generation }: OldReset): void {
    this.#sql.run('DELETE FROM invoice_total WHERE env = ? AND generation = ?', env, generation);
    this.#sql.run('DELETE FROM invoice_run WHERE env = ? AND generation = ?', env, generation);
    this.#sql.run('DELETE FROM invoice_reset WHERE id = ?', id);
  }
}
