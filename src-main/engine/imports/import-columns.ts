import { ContractError } from '../../../src-contract/result.ts';
import { CSV_COLUMNS } from '../exports/csv-format.ts';

/** A column of an import. */
export type ImportColumn = (typeof CSV_COLUMNS)[number];

/** What some programs separate cells by, and what it is called. */
const OTHER_SEPARATORS: ReadonlyMap<string, string> = new Map([
  [';', 'semicolons'],
  ['\t', 'tabs'],
]);
/** Without these a row says no invoice. */
const NEEDED: readonly ImportColumn[] = ['number', 'company', 'net'];

/**
 * Where the columns stand in a header, which names them as exports do, in any order.
 * Throws a ContractError `invalid_argument` that names what is unknown, missing or there twice.
 */
export function importColumns(header: readonly string[], line: number): Map<ImportColumn, number> {
  refuseOtherSeparators(header, line);
  const places = new Map<ImportColumn, number>();
  for (const [index, cell] of header.entries()) {
    const name = CSV_COLUMNS.find((known) => known === cell.trim());
    if (name === undefined) {
      throw refusal(
        line,
        `there is no column ${JSON.stringify(cell.slice(0, 64))}; ${CSV_COLUMNS.join(', ')} are taken`,
      );
    }
    if (places.has(name)) throw refusal(line, `the column ${name} is there twice`);
    places.set(name, index);
  }
  const missing = NEEDED.filter((name) => !places.has(name));
  if (missing.length > 0)
    throw refusal(line, `the header has no ${missing.join(', ')}: it names the columns as exports do`);
  return places;
}

function refuseOtherSeparators([first = '', ...others]: readonly string[], line: number): void {
  if (others.length > 0) return;
  for (const [separator, name] of OTHER_SEPARATORS) {
    if (first.includes(separator))
      throw refusal(line, `the cells are separated by ${name}; commas are accepted`);
  }
}

function refusal(line: number, reason: string): ContractError {
  return new ContractError('invalid_argument', `line ${line}: ${reason}`);
}
