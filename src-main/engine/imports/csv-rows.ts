import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { ContractError } from '../../../src-contract/result.ts';

/** A row of a CSV file: the line on which it begins, counted from 1, and its cells. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** Bytes that are parsed at once, which takes a few milliseconds. */
const SLICE_BYTES = 16 * 1024;
/** The largest row: a quote that is never closed makes one of all the rest. */
const MAX_ROW_BYTES = 64 * 1024;

const REASONS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and not closed again',
  CSV_MAX_RECORD_SIZE: `a row has more than ${MAX_ROW_BYTES.toLocaleString('en')} bytes, or a quote in it is not closed`,
  CSV_INVALID_CLOSING_QUOTE: 'a cell goes on behind its closing quote; quotes inside of one are doubled',
  INVALID_OPENING_QUOTE:
    'a quote stands inside a cell; such a cell is quoted as a whole, and its quotes doubled',
};

/**
 * The rows of a file of CSV in UTF-8, blank lines left out, read in slices. Takes LF and CRLF, and a byte order mark.
 * Rejects with a ContractError `invalid_argument` that names the line from which on it is no CSV.
 */
export async function* csvRows(file: string): AsyncGenerator<CsvRow, void> {
  const lines = new LineCount();
  // Of the rows that are parsed and not yet taken: those of a slice.
  const begun: number[] = [];
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
    on_record: (cells, info) => {
      begun.push(lines.take(cells, info));
      return cells;
    },
  });
  const bytes = createReadStream(file, { highWaterMark: SLICE_BYTES });
  bytes.on('error', (error) => parser.destroy(error));
  bytes.pipe(parser);
  try {
    for await (const cells of parser) yield { line: begun.shift() ?? lines.next, cells: cells as string[] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const reason = REASONS[error.code] ?? error.message;
    throw new ContractError('invalid_argument', `line ${lines.next}: ${reason}`);
  } finally {
    bytes.destroy();
    parser.destroy();
  }
}

/** Counts lines, as an editor does. */
class LineCount {
  /** The line on which the next row begins, if no blank ones come first. */
  next = 1;
  #empty = 0;

  /** Answers the line on which a row began; called for each, in order. */
  take(cells: readonly string[], { empty_lines: empty }: { empty_lines: number }): number {
    const line = this.next + empty - this.#empty;
    this.#empty = empty;
    this.next = line + 1;
    for (const cell of cells) this.next += breaksIn(cell);
    return line;
  }
}

function breaksIn(cell: string): number {
  return cell.includes('\n') || cell.includes('\r') ? cell.split(/\r\n|\r|\n/).length - 1 : 0;
}
