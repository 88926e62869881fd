import type { Log } from '../lib/log.ts';
import { type Connection, inTransaction } from './database.ts';
import { Statements } from './statements.ts';

/** Sums are split here, so that no part of them passes 2^63 at any number of rows. */
const SPLIT = 1_000_000;

interface SplitSums {
  env: number;
  generation: number;
  currency: string;
  count: number;
  netHigh: string;
  netLow: string;
  vatHigh: string;
  vatLow: string;
  grossHigh: string;
  grossLow: string;
  first: number;
  newest: number;
}

const SUMS = ['net', 'vat', 'gross']
  .map(
    (column) =>
      `CAST(sum(${column} / ${SPLIT}) AS TEXT) AS ${column}High, CAST(sum(${column} % ${SPLIT}) AS TEXT) AS ${column}Low`,
  )
  .join(', ');

/**
 * Adds the running totals of all invoices up again, in one transaction, when an environment has none or when they do not reach the
 * newest invoice. They commit with the rows, so that only damage or a hand can be why. That they are there is
 * seen without reading the rows; adding up takes about a second for each million.
 */
export function restoreInvoiceTotals(db: Connection, log: Log): void {
  const sql = new Statements(db);
  if (areThere(sql)) return;
  log.warn('the totals of invoices were missing and are added up again');
  inTransaction(db, () => {
    sql.run('DELETE FROM invoice_total');
    const all = sql.rows<SplitSums>(
      `SELECT env, generation, currency, count(*) AS count, ${SUMS}, min(id) AS first, max(id) AS newest
        FROM invoice GROUP BY env, generation, currency`,
    );
    for (const one of all) insert(sql, one);
  });
}

function areThere(sql: Statements): boolean {
  const newest = sql.row<{ ofRows: number; ofTotals: number }>(
    `SELECT coalesce((SELECT max(id) FROM invoice), 0) AS ofRows,
      coalesce((SELECT max(newest) FROM invoice_total), 0) AS ofTotals`,
  );
  const without = sql.row(
    `SELECT 1 FROM environment e WHERE EXISTS (SELECT 1 FROM invoice i WHERE i.env = e.id)
      AND NOT EXISTS (SELECT 1 FROM invoice_total t WHERE t.env = e.id)`,
  );
  return newest !== undefined && newest.ofRows <= newest.ofTotals && without === undefined;
}

function insert(sql: Statements, one: SplitSums): void {
  sql.run(
    `INSERT INTO invoice_total (env, generation, currency, count, net, vat, gross, first, newest)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    one.env,
    one.generation,
    one.currency,
    one.count,
    joined(one.netHigh, one.netLow),
    joined(one.vatHigh, one.vatLow),
    joined(one.grossHigh, one.grossLow),
    one.first,
    one.newest,
  );
}

function joined(high: string, low: string): string {
  return String(BigInt(high) * BigInt(SPLIT) + BigInt(low));
}
