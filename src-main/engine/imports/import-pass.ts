import type { InvoiceRow } from '../../../src-contract/invoice-store.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import { differenceFromStored } from './compare-stored.ts';
import { csvRows, type CsvRow } from './csv-rows.ts';
import { importColumns } from './import-columns.ts';
import type { ImportTally } from './import-tally.ts';
import { readRow, type ReadRow } from './read-row.ts';

/** An invoice that an import adds. */
export type NewInvoice = Extract<ReadRow, { kind: 'invoice' }>;

/** What one pass through a file works with. */
export interface ImportPassOptions {
  file: string;
  env: string;
  reader: Pick<Remote<ReaderPort>, 'invoicesByNumber'>;
  baseCurrency: string;
  /** Its invoices are received now, in UTC milliseconds. */
  now: number;
  /** Why a number that is not taken may not be given by an import; null: it may. */
  refusalOf: (number: string) => string | null;
}

/** Rows that are looked up in the store at once. */
const CHUNK_ROWS = 500;

/**
 * One pass through the file of an import: counts every row in `tally`, and answers the new invoices chunk by chunk, in the
 * order of the file. Rejects with a ContractError `invalid_argument` where the file as a whole is no import.
 */
export async function* importPass(
  options: ImportPassOptions,
  tally: ImportTally,
): AsyncGenerator<NewInvoice[], void> {
  const lineOf = new Map<string, number>();
  for await (const rows of chunksOf(options)) {
    const invoices = rows.filter((row) => row.kind === 'invoice');
    const fresh = invoices.filter((row) => isFirst(row, lineOf, tally));
    for (const row of rows) if (row.kind === 'invalid') tally.problem(row);
    const stored = await storedOf(options, fresh);
    yield fresh.filter((row) => isNew(row, stored, options, tally));
  }
}

async function* chunksOf({ file, baseCurrency, now }: ImportPassOptions): AsyncGenerator<ReadRow[], void> {
  const rows = csvRows(file);
  const header = await rows.next();
  if (header.done === true)
    throw new ContractError('invalid_argument', 'line 1: the file is empty; its header is missing');
  const columns = importColumns(header.value.cells, header.value.line);
  let chunk: CsvRow[] = [];
  const read = (): ReadRow[] => chunk.map((row) => readRow(row, columns, baseCurrency, now));
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < CHUNK_ROWS) continue;
    yield read();
    chunk = [];
  }
  yield read();
}

function isFirst({ line, figures }: NewInvoice, lineOf: Map<string, number>, tally: ImportTally): boolean {
  const { number } = figures;
  const earlier = lineOf.get(number);
  if (earlier === undefined) {
    lineOf.set(number, line);
    return true;
  }
  tally.problem({
    line,
    number,
    kind: 'conflict',
    reason: `line ${earlier} of the file has this number already`,
  });
  return false;
}

async function storedOf(
  { reader, env }: ImportPassOptions,
  invoices: readonly NewInvoice[],
): Promise<Map<string, InvoiceRow & { hidden: boolean }>> {
  const numbers = invoices.map(({ figures }) => figures.number);
  const found = await reader.invoicesByNumber(env, numbers);
  return new Map(found.map((row) => [row.number, row]));
}

function isNew(
  row: NewInvoice,
  stored: ReadonlyMap<string, InvoiceRow & { hidden: boolean }>,
  { refusalOf }: ImportPassOptions,
  tally: ImportTally,
): boolean {
  const { line, figures } = row;
  const { number } = figures;
  const known = stored.get(number);
  const reason = known === undefined ? refusalOf(number) : differenceFromStored(row, known);
  if (reason !== null) tally.problem({ line, number, kind: 'conflict', reason });
  else if (known === undefined) tally.added(figures);
  else tally.unchanged();
  return known === undefined && reason === null;
}
