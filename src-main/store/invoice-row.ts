import { INVOICE_STATES } from '../../src-contract/invoice.ts';
import type { InvoiceRow } from '../../src-contract/invoice-store.ts';
import type { Statements } from './statements.ts';

/** The columns of a row as SQL gives them, for {@link toInvoiceRow}. */
export const INVOICE_COLUMNS = `id, number, company, currency, state, source, issued_at AS issuedAt, due_at AS dueAt,
  vat_basis_points AS vatBasisPoints, net, vat, gross`;

/** A row as SQL gives it: the state is its place among the states. */
export type StoredInvoice = Omit<InvoiceRow, 'state'> & { state: number };

/** The row as the port gives it. */
export function toInvoiceRow(row: StoredInvoice): InvoiceRow {
  return { ...row, state: INVOICE_STATES[row.state] ?? 'open' };
}

/** The rows of these ids in their order; those that were purged are left out. */
export function invoicesById(sql: Statements, ids: readonly number[]): InvoiceRow[] {
  return ids.flatMap((id) => {
    const row = sql.row<StoredInvoice>(`SELECT ${INVOICE_COLUMNS} FROM invoice WHERE id = ?`, id);
    return row === undefined ? [] : [toInvoiceRow(row)];
  });
}
