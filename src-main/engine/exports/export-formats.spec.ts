import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { InvoiceRow } from '../../../src-contract/invoice-store.ts';
import { currencyDecimals } from '../../../src-contract/money.ts';
import { invoiceOf, invoiceTotalsOf } from '../../projections/invoices/invoice-views.ts';
import { csvFormat } from './csv-format.ts';
import type { ExportFormatter } from './export-format.ts';
import { jsonFormat } from './json-format.ts';
import { parquetFormat, TOTALS_KEY } from './parquet-format.ts';
import { RowSums } from './row-sums.ts';

const HOSTILE = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  "'=1",
  "'plain",
  '＝1',
  'a"b,c\nd',
  '😀 שלום',
];

function rowsOf(count: number): InvoiceRow[] {
  return Array.from({ length: count }, (_, index) => {
    const currency = ['EUR', 'JPY', 'KWD', 'USD'][index % 4] ?? 'USD';
    const net = (index % 5 === 0 ? -1 : 1) * (index * 109_15 + 1);
    const vat = Math.sign(net) * Math.round(Math.abs(net) * 0.15);
    return {
      id: index + 1,
      number: index === 1 ? '-17' : `A-${index}`,
      company: HOSTILE[index % HOSTILE.length] ?? '',
      currency,
      state: index % 2 === 0 ? 'open' : 'paid',
      source: 'import',
      issuedAt: 1_780_000_000_000 + index,
      dueAt: index % 3 === 0 ? null : 1_790_000_000_000,
      vatBasisPoints: 1500,
      net,
      vat,
      gross: net + vat,
    };
  });
}

function totalsOf(rows: readonly InvoiceRow[]) {
  const sums = new RowSums();
  sums.add(rows);
  return invoiceTotalsOf(sums.list(), { baseCurrency: 'USD', rates: [] }).totals;
}

/** The whole file, its rows handed over in pages. */
function fileOf(formatter: ExportFormatter, rows: readonly InvoiceRow[], pageRows: number): Buffer {
  const parts = [formatter.begin()];
  for (let at = 0; at < rows.length; at += pageRows)
    parts.push(formatter.rows(rows.slice(at, at + pageRows)));
  return Buffer.concat([...parts, formatter.rows([]), formatter.end(totalsOf(rows))]);
}

function csvOf(rows: readonly InvoiceRow[]): Record<string, string>[] {
  return parse(fileOf(csvFormat(), rows, 7), { columns: true });
}

describe('a CSV export', () => {
  it('has every invoice and the totals per currency, as a CSV parser reads them', () => {
    const rows = rowsOf(40);
    const records = csvOf(rows);
    const invoices = rows.map(invoiceOf);
    const read = records.filter(({ record }) => record === 'invoice');
    expect(read.map(({ net, vat, gross, currency }) => [net, vat, gross, currency])).toEqual(
      invoices.map(({ net, vat, gross }) => [net.amount, vat.amount, gross.amount, net.currency]),
    );
    expect(read.map((row) => [row['issued_at'], row['due_at'], row['state'], row['vat_percent']])).toEqual(
      invoices.map((row) => [row.issued_at, row.due_at ?? '', row.state, row.vat_percent]),
    );
    expect(
      records
        .filter(({ record }) => record === 'total')
        .map(({ currency, count, net, vat, gross, average }) => [currency, count, net, vat, gross, average]),
    ).toEqual(
      totalsOf(rows).map((total) => [
        total.currency,
        total.count.toString(),
        total.net.amount,
        total.vat.amount,
        total.gross.amount,
        total.average.amount,
      ]),
    );
  });

  it('marks texts that a spreadsheet would run, and no amount', () => {
    const records = csvOf(rowsOf(HOSTILE.length)).filter(({ record }) => record === 'invoice');
    expect(records.map(({ company }) => company)).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "'\t=1",
      "'\r=1",
      "''=1",
      "'plain",
      "'＝1",
      'a"b,c\nd',
      '😀 שלום',
    ]);
    expect(records[1]).toMatchObject({ number: "'-17" });
    expect(records[5]).toMatchObject({ net: '-54576', gross: '-62762' });
  });

  it('quotes a semicolon, at which some spreadsheets would begin another cell', () => {
    const [row] = rowsOf(1);
    if (row === undefined) throw new Error('there is no row');
    const text = Buffer.concat([
      csvFormat().begin(),
      csvFormat().rows([{ ...row, company: 'Nord;=1+1' }]),
    ]).toString();
    expect(text).toContain('"Nord;=1+1"');
  });

  it('leaves a rate out that does not make the VAT: it came as an amount', () => {
    const [row] = rowsOf(4).slice(3);
    if (row === undefined) throw new Error('no row');
    const off = { ...row, vat: row.vat + 1, gross: row.gross + 1 };
    expect(csvOf([row, off]).map(({ vat_percent: percent }) => percent)).toEqual(['15', '', '']);
  });
});

describe('a JSON export', () => {
  it.each([0, 1, 25])('of %i invoices has them and the totals as HTTP answers do', (count) => {
    const rows = rowsOf(count);
    expect(JSON.parse(fileOf(jsonFormat(), rows, 4).toString())).toEqual({
      invoices: rows.map(invoiceOf),
      totals: totalsOf(rows),
    });
  });
});

describe('a Parquet export', () => {
  const bytesOf = (rows: readonly InvoiceRow[]): ArrayBuffer =>
    new Uint8Array(fileOf(parquetFormat(), rows, 5000)).buffer;

  it('has every invoice, its amounts in minor units, and the totals, as a Parquet reader reads them', async () => {
    const rows = rowsOf(30);
    const file = bytesOf(rows);
    expect(parquetMetadata(file).key_value_metadata).toContainEqual({
      key: TOTALS_KEY,
      value: JSON.stringify(totalsOf(rows)),
    });
    expect(await parquetReadObjects({ file })).toEqual(
      rows.map((row) => ({
        id: BigInt(row.id),
        number: row.number,
        company: row.company,
        currency: row.currency,
        decimals: currencyDecimals(row.currency),
        state: row.state,
        source: row.source,
        issued_at: new Date(row.issuedAt),
        due_at: row.dueAt === null ? null : new Date(row.dueAt),
        vat_basis_points: row.vatBasisPoints,
        net_minor: BigInt(row.net),
        vat_minor: BigInt(row.vat),
        gross_minor: BigInt(row.gross),
      })),
    );
  });

  it('is written in groups of 50,000 rows', async () => {
    const rows = rowsOf(50_001);
    const file = bytesOf(rows);
    expect(parquetMetadata(file).row_groups.map((group) => group.num_rows)).toEqual([50_000n, 1n]);
    const read = (await parquetReadObjects({ file, columns: ['net_minor'] })) as { net_minor: bigint }[];
    expect(read.map((row) => Number(row.net_minor)).join()).toBe(rows.map(({ net }) => net).join());
  });

  it('of nothing is a Parquet file still', async () => {
    expect(await parquetReadObjects({ file: bytesOf([]) })).toEqual([]);
  });
});
