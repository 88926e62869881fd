import type { InvoiceRow } from '../../../src-contract/invoice-store.ts';
import type { InvoiceTotal } from '../../../src-contract/invoice.ts';

/** Writes a set of invoices as the bytes of a file, page by page; it holds no more than a few pages. */
export interface ExportFormatter {
  /** What the file begins with. */
  begin(): Uint8Array;
  /** The next rows; may be empty while they are collected. */
  rows(rows: readonly InvoiceRow[]): Uint8Array;
  /** The rest, with the totals of all rows per currency. */
  end(totals: readonly InvoiceTotal[]): Uint8Array;
}
