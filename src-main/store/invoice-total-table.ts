import type { CurrencySums } from '../../src-contract/invoice-store.ts';
import { InvoiceSums } from './invoice-sums.ts';
import type { Statements } from './statements.ts';

/** Shown rows of one environment, generation and currency, and the ids of the first and the newest of them. */
export interface TotalRow extends CurrencySums {
  generation: number;
  first: number;
  newest: number;
}

/** What an invoice of a few lines takes in the file, with its detail, its words and the indexes. */
const ROW_BYTES = 650;

const SELECT =
  'SELECT generation, currency, count, net, vat, gross, first, newest FROM invoice_total WHERE env = ?';

/** The running totals of an environment, all generations. */
export function totalRows(sql: Statements, env: number): TotalRow[] {
  return sql.rows<TotalRow>(`${SELECT} ORDER BY currency`, env);
}

/** What is in view of an environment. */
export interface View {
  /** Exact sums per currency, by its code. */
  sums: CurrencySums[];
  /** The newest id; 0 for none. */
  newest: number;
  rows: number;
  /** Rows of generations that are not in view. */
  hidden: number;
}

/** The running totals of what is in view. Counts no rows. */
export function totalsInView(sql: Statements, env: number, generation: number): View {
  const all = totalRows(sql, env);
  const shown = all.filter((row) => row.generation === 0 || row.generation === generation);
  const sums = new InvoiceSums();
  for (const row of shown) sums.add(row);
  const rows = rowsIn(shown);
  return {
    sums: sums.list(),
    newest: Math.max(0, ...shown.map((row) => row.newest)),
    rows,
    hidden: rowsIn(all) - rows,
  };
}

/** About how many bytes of the file the invoices take: shown, hidden and waiting ones. Counts no rows. */
export function invoiceBytes(sql: Statements): number {
  const rows = sql.row<{ shown: number; waiting: number }>(
    `SELECT (SELECT coalesce(sum(count), 0) FROM invoice_total) AS shown,
      (SELECT coalesce(sum(produced - shown), 0) FROM invoice_run) AS waiting`,
  );
  return rows === undefined ? 0 : (rows.shown + rows.waiting) * ROW_BYTES;
}

function rowsIn(totals: readonly TotalRow[]): number {
  return totals.reduce((rows, { count }) => rows + count, 0);
}

/** Adds rows that were shown with ids from `first` to `newest`; called in the transaction that adds them. */
export function addToTotals(
  sql: Statements,
  env: number,
  generation: number,
  added: readonly CurrencySums[],
  ids: { first: number; newest: number },
): void {
  for (const one of added) {
    const stored = sql.row<TotalRow>(
      `${SELECT} AND generation = ? AND currency = ?`,
      env,
      generation,
      one.currency,
    );
    const sums = new InvoiceSums();
    if (stored !== undefined) sums.add(stored);
    sums.add(one);
    const [sum] = sums.list();
    if (sum === undefined) continue;
    sql.run(
      `INSERT INTO invoice_total (env, generation, currency, count, net, vat, gross, first, newest)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = excluded.count, net = excluded.net,
        vat = excluded.vat, gross = excluded.gross, newest = max(newest, excluded.newest)`,
      env,
      generation,
      sum.currency,
      sum.count,
      sum.net,
      sum.vat,
      sum.gross,
      ids.first,
      ids.newest,
    );
  }
}
