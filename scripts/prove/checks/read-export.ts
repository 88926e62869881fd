import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { Invoice, InvoiceTotal } from '../../../src-contract/invoice.ts';
import { SumOfInvoices } from './invoice-sums.ts';

/** What an export says: its rows, added up apart from the app, and the totals that it states itself. */
export interface ReadExport {
  rows: SumOfInvoices;
  numbers: Set<string>;
  stated: InvoiceTotal[];
}

type Amounts = Pick<Invoice, 'net' | 'vat' | 'gross'>;

/** Reads an export by a reader that has nothing to do with the app. */
export async function readExport(
  format: 'csv' | 'json' | 'parquet',
  response: Response,
): Promise<ReadExport> {
  if (!response.ok) throw new Error(`the export answered ${response.status}: ${await response.text()}`);
  const readers = { csv: readCsv, json: readJson, parquet: readParquet };
  return readers[format](response);
}

async function readCsv({ body }: Response): Promise<ReadExport> {
  const read = nothingRead();
  if (body === null) return read;
  const lines = Readable.from(body).pipe(parse({ columns: true }));
  for await (const line of lines as AsyncIterable<Record<string, string>>) {
    const money = (name: string) => ({ amount: line[name] ?? '', currency: line['currency'] ?? '' });
    const amounts = { net: money('net'), vat: money('vat'), gross: money('gross') };
    if (line['record'] === 'total') read.stated.push(totalOf(amounts, Number(line['count'])));
    else take(read, line['number'] ?? '', amounts);
  }
  return read;
}

async function readJson(response: Response): Promise<ReadExport> {
  const read = nothingRead();
  const { invoices, totals } = (await response.json()) as { invoices: Invoice[]; totals: InvoiceTotal[] };
  for (const invoice of invoices) take(read, invoice.number, invoice);
  read.stated.push(...totals);
  return read;
}

async function readParquet(response: Response): Promise<ReadExport> {
  const read = nothingRead();
  const file = await response.arrayBuffer();
  for (const row of await parquetReadObjects({ file })) {
    const currency = String(row['currency']);
    const money = (minor: unknown) => ({
      amount: decimalText(String(minor), Number(row['decimals'])),
      currency,
    });
    take(read, String(row['number']), {
      net: money(row['net_minor']),
      vat: money(row['vat_minor']),
      gross: money(row['gross_minor']),
    });
  }
  const stated = parquetMetadata(file).key_value_metadata?.find(({ key }) => key === 'pulsedesk.totals');
  read.stated.push(...(JSON.parse(stated?.value ?? '[]') as InvoiceTotal[]));
  return read;
}

function nothingRead(): ReadExport {
  return { rows: new SumOfInvoices(), numbers: new Set(), stated: [] };
}

function take({ rows, numbers }: ReadExport, number: string, amounts: Amounts): void {
  rows.add(amounts);
  numbers.add(number);
}

function totalOf(amounts: Amounts, count: number): InvoiceTotal {
  return { currency: amounts.gross.currency, count, ...amounts, average: amounts.gross };
}

function decimalText(minor: string, decimals: number): string {
  const sign = minor.startsWith('-') ? '-' : '';
  const digits = minor.replace('-', '').padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-decimals)}`;
}
