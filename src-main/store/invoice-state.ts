import type { InvoiceReset, InvoiceStateRecord } from '../../src-contract/invoice-store.ts';
import { checkpointBatch } from './checkpoint-table.ts';
import { runsOf, type StoredRun } from './invoice-run-table.ts';
import { totalRows, totalsInView } from './invoice-total-table.ts';
import type { Statements } from './statements.ts';

/** The generation that is in view first; 0 is that of all rows that are not the simulator's. */
export const FIRST_GENERATION = 1;

/** The row of an environment. */
export interface StateRow {
  generation: number;
  lastRun: number;
  ignored: number;
}

/** What is kept of an environment beside its rows. */
export function stateRow(sql: Statements, env: number): StateRow {
  return (
    sql.row<StateRow>(
      'SELECT generation, last_run AS lastRun, ignored FROM invoice_state WHERE env = ?',
      env,
    ) ?? {
      generation: FIRST_GENERATION,
      lastRun: 0,
      ignored: 0,
    }
  );
}

/** The newest reset that can be taken back. */
export function newestReset(sql: Statements, env: number): InvoiceReset | null {
  return (
    sql.row<InvoiceReset>(
      `SELECT from_generation AS "from", to_generation AS "to", at FROM invoice_reset
        WHERE env = ? AND purged_to IS NULL ORDER BY id DESC LIMIT 1`,
      env,
    ) ?? null
  );
}

/** Whether a generation left the view and is not purged yet. */
export function isReset(sql: Statements, env: number, generation: number): boolean {
  const found = sql.row(
    'SELECT 1 FROM invoice_reset WHERE env = ? AND from_generation = ? AND purged_to IS NULL',
    env,
    generation,
  );
  return found !== undefined;
}

/** What the invoice projection of an environment starts from; empty for one that has nothing stored. */
export function readInvoiceState(sql: Statements, env: number | undefined): InvoiceStateRecord {
  if (env === undefined) return nothingStored();
  const { generation, lastRun, ignored } = stateRow(sql, env);
  const { sums, newest } = totalsInView(sql, env, generation);
  const reset = newestReset(sql, env);
  const [run] = runsOf(sql, env, generation);
  return {
    batch: checkpointBatch(sql, env, 'invoices'),
    generation,
    run: run === undefined ? null : withoutId(run),
    lastRun,
    reset,
    resetRows: reset === null ? 0 : rowsOf(sql, env, reset.from),
    newest,
    ignored,
    totals: sums,
  };
}

/** Shown and waiting rows of a generation. */
function rowsOf(sql: Statements, env: number, generation: number): number {
  const shown = totalRows(sql, env)
    .filter((row) => row.generation === generation)
    .reduce((rows, row) => rows + row.count, 0);
  return runsOf(sql, env, generation).reduce((rows, run) => rows + run.produced - run.shown, shown);
}

function withoutId({ id: _, ...run }: StoredRun): Omit<StoredRun, 'id'> {
  return run;
}

function nothingStored(): InvoiceStateRecord {
  return {
    batch: 0,
    generation: FIRST_GENERATION,
    run: null,
    lastRun: 0,
    reset: null,
    resetRows: 0,
    newest: 0,
    ignored: 0,
    totals: [],
  };
}
