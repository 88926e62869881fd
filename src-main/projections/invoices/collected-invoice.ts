import type { InvoiceFigures } from '../../../src-contract/invoice-figures.ts';
import type { InvoiceColumns, InvoiceExtras } from '../../../src-contract/invoice-store.ts';

/** An invoice on its way from the journal to the store. Times are UTC milliseconds. */
export interface CollectedInvoice {
  /** Journal id of its event. */
  event: number;
  source: string;
  /** The simulator's run it belongs to; null: it is shown at once. */
  simulated: { run: number; generation: number } | null;
  issuedAt: number;
  receivedAt: number;
  figures: InvoiceFigures;
}

/** Brings invoices of one source into the form the store takes them in. */
export function invoiceColumns(source: string, invoices: readonly CollectedInvoice[]): InvoiceColumns {
  const numbers = (read: (invoice: CollectedInvoice) => number) => Float64Array.from(invoices, read);
  const texts = <T>(read: (invoice: CollectedInvoice) => T) => invoices.map(read);
  return {
    count: invoices.length,
    events: numbers(({ event }) => event),
    source,
    numbers: texts(({ figures }) => figures.number),
    companies: texts(({ figures }) => figures.company),
    currencies: texts(({ figures }) => figures.currency),
    states: texts(({ figures }) => figures.state),
    issuedAt: numbers(({ issuedAt }) => issuedAt),
    receivedAt: numbers(({ receivedAt }) => receivedAt),
    dueAt: numbers(({ figures }) => figures.dueAt ?? NaN),
    vatBasisPoints: numbers(({ figures }) => figures.vatBasisPoints),
    nets: numbers(({ figures }) => figures.net),
    vats: numbers(({ figures }) => figures.vat),
    grosses: numbers(({ figures }) => figures.gross),
    extras: texts(({ figures }) => extrasText(figures)),
    words: texts(({ figures }) => figures.lines.map(({ description }) => description).join(' ')),
  };
}

function extrasText({ country, lines }: InvoiceFigures): string {
  return JSON.stringify({ country, lines } satisfies InvoiceExtras);
}
