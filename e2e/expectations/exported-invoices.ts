import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { Invoice, InvoiceTotal } from '../../src-contract/invoice.ts';
import { minorOf, type ExpectedTotal } from './expected-invoices.ts';

/** An invoice in short: its number, its currency, net, VAT and gross in minor units. */
export type ShortInvoice = readonly [
  number: string,
  currency: string,
  net: bigint,
  vat: bigint,
  gross: bigint,
];

/** What an exported file says. */
export interface ExportedInvoices {
  rows: ShortInvoice[];
  totals: Map<string, ExpectedTotal>;
}

interface Amounts {
  net: { amount: string; currency: string };
  vat: { amount: string };
  gross: { amount: string };
}

const inMinor = ({ net, vat, gross }: Amounts) => ({
  net: minorOf(net.amount),
  vat: minorOf(vat.amount),
  gross: minorOf(gross.amount),
});

/** An invoice of the HTTP interface in short. */
export function shortOf(invoice: Invoice): ShortInvoice {
  const { net, vat, gross } = inMinor(invoice);
  return [invoice.number, invoice.net.currency, net, vat, gross];
}

function totalsOf(totals: readonly InvoiceTotal[]): ExportedInvoices['totals'] {
  return new Map(totals.map((total) => [total.currency, { count: total.count, ...inMinor(total) }]));
}

/** Reads a CSV export. */
export function readCsv(content: Buffer): ExportedInvoices {
  const records: Record<string, string>[] = parse(content, { columns: true });
  const amounts = ({ net = '', vat = '', gross = '' }: Record<string, string>) =>
    [minorOf(net), minorOf(vat), minorOf(gross)] as const;
  const rows = records
    .filter(({ record }) => record === 'invoice')
    .map((one): ShortInvoice => [one['number'] ?? '', one['currency'] ?? '', ...amounts(one)]);
  const totals = records
    .filter(({ record }) => record === 'total')
    .map((one) => {
      const [net, vat, gross] = amounts(one);
      return [one['currency'] ?? '', { count: Number(one['count']), net, vat, gross }] as const;
    });
  return { rows, totals: new Map(totals) };
}

/** Reads a JSON export. */
export function readJson(content: Buffer): ExportedInvoices {
  const file = JSON.parse(content.toString()) as { invoices: Invoice[]; totals: InvoiceTotal[] };
  return { rows: file.invoices.map(shortOf), totals: totalsOf(file.totals) };
}

interface ParquetRow {
  number: string;
  currency: string;
  net_minor: bigint;
  vat_minor: bigint;
  gross_minor: bigint;
}

/** Reads a Parquet export. */
export async function readParquet(content: Buffer): Promise<ExportedInvoices> {
  const file = new Uint8Array(content).buffer;
  const records = (await parquetReadObjects({ file })) as unknown[] as ParquetRow[];
  const { key_value_metadata: metadata = [] } = parquetMetadata(file);
  const totals = metadata.find(({ key }) => key === 'pulsedesk.totals')?.value ?? '[]';
  return {
    rows: records.map((row) => [row.number, row.currency, row.net_minor, row.vat_minor, row.gross_minor]),
    totals: totalsOf(JSON.parse(totals) as InvoiceTotal[]),
  };
}
