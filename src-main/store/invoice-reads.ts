import type { InvoiceDetailRow, InvoiceExtras, InvoiceRow } from '../../src-contract/invoice-store.ts';
import { stateRow } from './invoice-state.ts';
import { INVOICE_COLUMNS, type StoredInvoice, toInvoiceRow } from './invoice-row.ts';
import type { Statements } from './statements.ts';

type StoredDetail = StoredInvoice &
  Pick<InvoiceDetailRow, 'receivedAt' | 'shownAt' | 'run'> & { extras: string };

/** An invoice in view with what the drawer shows; null when there is none. */
export function readInvoiceDetail(
  sql: Statements,
  env: number,
  generation: number,
  id: number,
): InvoiceDetailRow | null {
  const row = sql.row<StoredDetail>(
    `SELECT ${INVOICE_COLUMNS}, received_at AS receivedAt, shown_at AS shownAt, run, extras
      FROM invoice JOIN invoice_detail USING (id) WHERE id = ? AND env = ? AND generation IN (0, ?)`,
    id,
    env,
    generation,
  );
  if (row === undefined) return null;
  const { receivedAt, shownAt, run, extras, ...stored } = row;
  return { ...toInvoiceRow(stored), receivedAt, shownAt, run, extras: JSON.parse(extras) as InvoiceExtras };
}

/** Of these numbers those that are taken; hidden are those that were reset or wait, and waiting ones have id 0. */
export function readInvoicesByNumber(
  sql: Statements,
  env: number,
  numbers: readonly string[],
): (InvoiceRow & { hidden: boolean })[] {
  const { generation } = stateRow(sql, env);
  return numbers.flatMap((number) => {
    const row = sql.row<StoredInvoice & { hidden: number }>(
      `SELECT ${INVOICE_COLUMNS}, generation NOT IN (0, ?) AS hidden FROM invoice WHERE env = ? AND number = ?
        UNION ALL SELECT ${INVOICE_COLUMNS.replace('id,', '0 AS id,')}, 1 AS hidden FROM invoice_waiting
          WHERE env = ? AND number = ?`,
      generation,
      env,
      number,
      env,
      number,
    );
    return row === undefined ? [] : [{ ...toInvoiceRow(row), hidden: row.hidden === 1 }];
  });
}
