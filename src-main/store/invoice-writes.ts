import type {
  InvoiceCheckpoint,
  InvoiceCheckpointed,
  InvoiceColumns,
} from '../../src-contract/invoice-store.ts';
import { moveCheckpoint } from './checkpoint-table.ts';
import { environmentId } from './environment-table.ts';
import { addProduced, showWaiting } from './invoice-backlog.ts';
import { isTaken, lastInvoiceId, ROW_COLUMNS, rowValues, rowWords } from './invoice-insert.ts';
import { stateRow } from './invoice-state.ts';
import { InvoiceSums } from './invoice-sums.ts';
import { addToTotals, totalsInView } from './invoice-total-table.ts';
import type { Statements } from './statements.ts';

/**
 * Stores what the invoice projection read and how far it has: arrivals are shown, what was produced joins the backlog,
 * and the head of a backlog is shown. Called inside a transaction. Invoices are a user's data: they never age out. Throws
 * a RangeError for a checkpoint that lies before the stored one.
 */
export function writeInvoiceCheckpoint(sql: Statements, checkpoint: InvoiceCheckpoint): InvoiceCheckpointed {
  const env = environmentId(sql, checkpoint.env);
  moveCheckpoint(sql, env, 'invoices', checkpoint.batch);
  const added = new InvoiceSums();
  let ignored = checkpoint.invalid;
  for (const invoices of checkpoint.arrived) ignored += addArrived(sql, env, invoices, checkpoint.at, added);
  for (const produced of checkpoint.produced) ignored += addProduced(sql, env, produced, checkpoint.at);
  const { show } = checkpoint;
  const shown = show === null ? 0 : showWaiting(sql, env, show, checkpoint.at, added);
  if (ignored > 0) countIgnored(sql, env, ignored);
  const { newest } = totalsInView(sql, env, stateRow(sql, env).generation);
  return { newest, shown, ignored, added: added.list() };
}

/** How many invoices a checkpoint writes, at most. */
export function invoicesIn({ arrived, produced, show }: InvoiceCheckpoint): number {
  const columns = [...arrived, ...produced.map(({ invoices }) => invoices)];
  return columns.reduce((rows, { count }) => rows + count, show?.count ?? 0);
}

function countIgnored(sql: Statements, env: number, ignored: number): void {
  sql.run(
    `INSERT INTO invoice_state (env, ignored) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET ignored = ignored + excluded.ignored`,
    env,
    ignored,
  );
}

/** Shows arrivals; answers how many were ignored because their number is taken. */
function addArrived(
  sql: Statements,
  env: number,
  invoices: InvoiceColumns,
  shownAt: number,
  added: InvoiceSums,
): number {
  const sums = new InvoiceSums();
  const before = lastInvoiceId(sql);
  let id = before;
  for (let index = 0; index < invoices.count; index += 1) {
    if (isTaken(sql, env, invoices.numbers[index] ?? '')) continue;
    id += 1;
    sql.run(
      `INSERT INTO invoice (id, env, generation, ${ROW_COLUMNS}) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      env,
      ...rowValues(invoices, index),
    );
    sql.run(
      'INSERT INTO invoice_detail (id, received_at, shown_at, run, event, extras) VALUES (?, ?, ?, NULL, ?, ?)',
      id,
      invoices.receivedAt[index] ?? 0,
      shownAt,
      invoices.events[index] ?? 0,
      invoices.extras[index] ?? '',
    );
    sql.run('INSERT INTO invoice_text (rowid, words) VALUES (?, ?)', id, rowWords(invoices, index));
    sums.addRow(
      invoices.currencies[index] ?? '',
      invoices.nets[index] ?? 0,
      invoices.vats[index] ?? 0,
      invoices.grosses[index] ?? 0,
    );
  }
  addToTotals(sql, env, 0, sums.list(), { first: before + 1, newest: id });
  for (const one of sums.list()) added.add(one);
  return invoices.count - (id - before);
}
