import { stringify } from 'csv-stringify/sync';
import type { InvoiceRow } from '../../../src-contract/invoice-store.ts';
import type { InvoiceTotal } from '../../../src-contract/invoice.ts';
import { toMoney } from '../../../src-contract/money.ts';
import { roundedQuotient } from '../../../src-contract/rounded-product.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { ExportFormatter } from './export-format.ts';
import { spreadsheetText } from './spreadsheet-text.ts';

/** The columns of a CSV export, in their order. `record` is `invoice` or, behind all of these, `total`. */
export const CSV_COLUMNS = [
  'record',
  'number',
  'company',
  'currency',
  'state',
  'source',
  'issued_at',
  'due_at',
  'vat_percent',
  'net',
  'vat',
  'gross',
  'count',
  'average',
] as const;

/** Hundredths of a percent in a whole. */
const WHOLE = 10_000n;

type Cells = Record<(typeof CSV_COLUMNS)[number], string>;

const EMPTY = Object.fromEntries(CSV_COLUMNS.map((name) => [name, ''])) as Cells;

/**
 * CSV of RFC 4180 in UTF-8: a header, the invoices, and one `total` per currency. Amounts are exact text. Text that a
 * spreadsheet would run as a formula is marked; amounts, which are none, stay as they are.
 */
export function csvFormat(): ExportFormatter {
  return {
    begin: () => bytesOf([[...CSV_COLUMNS]]),
    rows: (rows) => bytesOf(rows.map((row) => inOrder(invoiceCells(row)))),
    end: (totals) => bytesOf(totals.map((total) => inOrder(totalCells(total)))),
  };
}

function invoiceCells(row: InvoiceRow): Cells {
  const { number, company, currency, state, source, issuedAt, dueAt, net, vat, gross } = row;
  return {
    record: 'invoice',
    number: spreadsheetText(number),
    company: spreadsheetText(company),
    currency,
    state,
    source: spreadsheetText(source),
    issued_at: toTimestamp(issuedAt),
    due_at: dueAt === null ? '' : toTimestamp(dueAt),
    vat_percent: percentOf(row),
    net: toMoney(net, currency).amount,
    vat: toMoney(vat, currency).amount,
    gross: toMoney(gross, currency).amount,
    count: '',
    average: '',
  };
}

/** Empty where the VAT came as an amount that no rate in hundredths of a percent makes: who reads both would find them at odds. */
function percentOf({ net, vat, vatBasisPoints }: InvoiceRow): string {
  const made = roundedQuotient(BigInt(net) * BigInt(vatBasisPoints), WHOLE);
  return made === BigInt(vat) ? (vatBasisPoints / 100).toString() : '';
}

function totalCells({ currency, count, net, vat, gross, average }: InvoiceTotal): Cells {
  return {
    ...EMPTY,
    record: 'total',
    currency,
    net: net.amount,
    vat: vat.amount,
    gross: gross.amount,
    count: count.toString(),
    average: average.amount,
  };
}

function inOrder(cells: Cells): string[] {
  return CSV_COLUMNS.map((name) => cells[name]);
}

function bytesOf(records: readonly (readonly string[])[]): Uint8Array {
  return Buffer.from(stringify([...records], { record_delimiter: 'windows', quoted_match: /;/ }));
}
