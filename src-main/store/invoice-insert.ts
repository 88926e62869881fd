import { INVOICE_STATES } from '../../src-contract/invoice.ts';
import type { InvoiceColumns } from '../../src-contract/invoice-store.ts';
import { currencyDecimals } from '../../src-contract/money.ts';
import { indexedWords } from './invoice-words.ts';
import type { Statements, Value } from './statements.ts';

/** The columns that a shown invoice and a waiting one have in common, in the order of {@link rowValues}. */
export const ROW_COLUMNS = `number, company, currency, state, source, issued_at, due_at, vat_basis_points,
  net, vat, gross, gross_sort`;

/** Values of {@link ROW_COLUMNS}. */
export function rowValues(invoices: InvoiceColumns, index: number): Value[] {
  const at = (column: Float64Array): number => column[index] ?? 0;
  const currency = invoices.currencies[index] ?? '';
  const dueAt = at(invoices.dueAt);
  const gross = at(invoices.grosses);
  return [
    invoices.numbers[index] ?? '',
    invoices.companies[index] ?? '',
    currency,
    INVOICE_STATES.indexOf(invoices.states[index] ?? 'open'),
    invoices.source,
    at(invoices.issuedAt),
    Number.isNaN(dueAt) ? null : dueAt,
    at(invoices.vatBasisPoints),
    at(invoices.nets),
    at(invoices.vats),
    gross,
    // Exact integers divided once: the double nearest to the amount, as that of the same amount given as text.
    gross / 10 ** currencyDecimals(currency),
  ];
}

/** The words of the text filter: those of number, company and lines. */
export function rowWords(invoices: InvoiceColumns, index: number): string {
  return indexedWords(
    invoices.numbers[index] ?? '',
    invoices.companies[index] ?? '',
    invoices.words[index] ?? '',
  );
}

/** Whether a number is taken in an environment, be it shown, hidden or waiting. */
export function isTaken(sql: Statements, env: number, number: string): boolean {
  const found = sql.row(
    `SELECT 1 FROM invoice WHERE env = ? AND number = ? UNION ALL
      SELECT 1 FROM invoice_waiting WHERE env = ? AND number = ? LIMIT 1`,
    env,
    number,
    env,
    number,
  );
  return found !== undefined;
}

/** The id of the newest invoice that was ever shown, in any environment. */
export function lastInvoiceId(sql: Statements): number {
  return sql.row<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'invoice'")?.seq ?? 0;
}
