import type { InvoiceQuery, InvoiceRow } from '../../../src-contract/invoice-store.ts';
import type { ReaderPort } from '../../store/port.ts';
import { isIndexed } from '../invoices/invoice-query.ts';

/** Rows that are read at once: each page is a snapshot of its own, so that the database's log can be folded in. */
const PAGE_ROWS = 5000;

/** What the pages are read with. */
export type PageReader = Pick<
  ReaderPort,
  'invoicePage' | 'beginInvoiceOrder' | 'stepInvoiceOrder' | 'invoiceOrderRows' | 'dropInvoiceOrder'
>;

/**
 * All rows of a query in its order. Where no index serves that the set is sorted first: meanwhile the pages are empty, so
 * that whoever takes them can stop. Throws a RangeError for a set that is too large to be sorted.
 */
export function* invoicePages(reader: PageReader, query: InvoiceQuery): Generator<InvoiceRow[], void> {
  if (!isIndexed(query.sort)) return yield* orderedPages(reader, query);
  let cursor: string | null = null;
  do {
    const page = reader.invoicePage(query, PAGE_ROWS, cursor);
    cursor = page.next_cursor;
    yield page.items;
  } while (cursor !== null);
}

function* orderedPages(reader: PageReader, query: InvoiceQuery): Generator<InvoiceRow[], void> {
  const order = reader.beginInvoiceOrder(query);
  try {
    while (!reader.stepInvoiceOrder(order).ready) yield [];
    for (let offset = 0; ; offset += PAGE_ROWS) {
      const rows = reader.invoiceOrderRows(order, offset, PAGE_ROWS);
      yield rows;
      if (rows.length < PAGE_ROWS) return;
    }
  } finally {
    reader.dropInvoiceOrder(order);
  }
}
