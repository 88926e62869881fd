import type { InvoiceBody } from '../../../src-contract/event-bodies.ts';
import { invoiceFigures, type InvoiceFigures } from '../../../src-contract/invoice-figures.ts';
import { invoiceTimesRefusal } from '../../../src-contract/invoice-times.ts';
import { FAMILY_RULES } from '../../pipeline/event-families.ts';
import { textOfSpreadsheet } from '../exports/spreadsheet-text.ts';
import type { CsvRow } from './csv-rows.ts';
import type { ImportColumn } from './import-columns.ts';

/** The family of the events that an import makes. */
export const IMPORT_FAMILY = 'invoice.issued';

/** What a row says: an invoice, nothing (a total), or why it says neither. */
export type ReadRow =
  | { kind: 'invoice'; line: number; body: InvoiceBody; figures: InvoiceFigures }
  | { kind: 'total' }
  | { kind: 'invalid'; line: number; number: string | null; reason: string };

/** Cells that go into the body as they are. */
const PLAIN = ['currency', 'state', 'issued_at', 'due_at', 'vat_percent', 'net', 'vat', 'gross'] as const;
const SHOWN_CHARACTERS = 64;

/** Reads a row of an import. Amounts without a currency are in the base currency, and say so from then on; `now` is in UTC milliseconds. */
export function readRow(
  { line, cells }: CsvRow,
  columns: ReadonlyMap<ImportColumn, number>,
  baseCurrency: string,
  now: number,
): ReadRow {
  const cell = (name: ImportColumn): string => cells[columns.get(name) ?? -1] ?? '';
  const number = textOfSpreadsheet(cell('number'));
  const invalid = (reason: string): ReadRow => ({
    kind: 'invalid',
    line,
    number: number === '' ? null : number.slice(0, SHOWN_CHARACTERS),
    reason: reason.replace(/^\//, ''),
  });
  if (cells.length !== columns.size) {
    return invalid(`the row has ${cells.length} cells, the header ${columns.size}`);
  }
  const record = cell('record');
  if (record === 'total') return { kind: 'total' };
  if (record !== '' && record !== 'invoice') {
    return invalid(
      `record ${JSON.stringify(record.slice(0, SHOWN_CHARACTERS))} is neither invoice nor total`,
    );
  }
  const body = {
    number,
    company: textOfSpreadsheet(cell('company')),
    currency: baseCurrency,
    ...stated(cell),
  };
  const wrong = ruleOf().check(body);
  if (wrong !== null) return invalid(wrong);
  const figures = invoiceFigures(body, baseCurrency);
  if (!figures.ok) return invalid(figures.reason);
  const refusal = invoiceTimesRefusal(body, now);
  return refusal === null ? { kind: 'invoice', line, body, figures } : invalid(refusal);
}

function stated(cell: (name: ImportColumn) => string): Record<string, string> {
  return Object.fromEntries(
    PLAIN.map((name) => [name, cell(name)]).filter(([, text]) => text !== ''),
  ) as Record<string, string>;
}

function ruleOf() {
  const rule = FAMILY_RULES.get(IMPORT_FAMILY);
  if (rule === undefined) throw new Error(`there is no family ${IMPORT_FAMILY}`);
  return rule;
}
