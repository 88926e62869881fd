import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { InvoiceRow } from '../../../src-contract/invoice-store.ts';
import type { InvoiceTotal } from '../../../src-contract/invoice.ts';
import { currencyDecimals } from '../../../src-contract/money.ts';
import type { ExportFormatter } from './export-format.ts';

/** Rows of a row group, which is held until it is complete. */
const GROUP_ROWS = 50_000;
/** Key of the file's metadata under which the totals stand, as JSON of the contract's InvoiceTotal. */
export const TOTALS_KEY = 'pulsedesk.totals';

type Column = readonly [
  name: string,
  type: 'INT32' | 'INT64' | 'STRING' | 'TIMESTAMP',
  valueOf: (row: InvoiceRow) => bigint | number | string | Date | null,
];

/** The columns; amounts are minor units, and `decimals` says how many of their digits stand behind the point. */
const COLUMNS: readonly Column[] = [
  ['id', 'INT64', (row) => BigInt(row.id)],
  ['number', 'STRING', (row) => row.number],
  ['company', 'STRING', (row) => row.company],
  ['currency', 'STRING', (row) => row.currency],
  ['decimals', 'INT32', (row) => currencyDecimals(row.currency)],
  ['state', 'STRING', (row) => row.state],
  ['source', 'STRING', (row) => row.source],
  ['issued_at', 'TIMESTAMP', (row) => new Date(row.issuedAt)],
  ['due_at', 'TIMESTAMP', (row) => (row.dueAt === null ? null : new Date(row.dueAt))],
  ['vat_basis_points', 'INT32', (row) => row.vatBasisPoints],
  ['net_minor', 'INT64', (row) => BigInt(row.net)],
  ['vat_minor', 'INT64', (row) => BigInt(row.vat)],
  ['gross_minor', 'INT64', (row) => BigInt(row.gross)],
];

/** Apache Parquet: row groups of at most 50,000 rows, the totals in the file's metadata. Text is as it is: nothing runs it. */
export function parquetFormat(): ExportFormatter {
  const bytes = new ByteWriter();
  const kvMetadata: { key: string; value: string }[] = [];
  const schema = schemaFromColumnData({ columnData: columnsOf([]) });
  const writer = new ParquetWriter({ writer: bytes, schema, kvMetadata });
  let collected: InvoiceRow[] = [];
  const write = (rows: readonly InvoiceRow[]): void => {
    if (rows.length === 0) return;
    void writer.write({ columnData: columnsOf(rows), rowGroupSize: GROUP_ROWS });
  };
  return {
    begin: () => taken(bytes),
    rows: (rows) => {
      collected = collected.concat(rows);
      while (collected.length >= GROUP_ROWS) {
        write(collected.slice(0, GROUP_ROWS));
        collected = collected.slice(GROUP_ROWS);
      }
      return taken(bytes);
    },
    end: (totals: readonly InvoiceTotal[]) => {
      write(collected);
      kvMetadata.push({ key: TOTALS_KEY, value: JSON.stringify(totals) });
      void writer.finish();
      return taken(bytes);
    },
  };
}

function columnsOf(rows: readonly InvoiceRow[]) {
  return COLUMNS.map(([name, type, valueOf]) => ({
    name,
    type,
    nullable: name === 'due_at',
    data: rows.map(valueOf),
  }));
}

/** What was written so far, which the writer may then forget: it only counts on. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
