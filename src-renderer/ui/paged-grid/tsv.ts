import type { PagedColumn } from './paged-column.ts';

/** What a spreadsheet would run as a formula when it is pasted. */
const FORMULA = /^[=+\-@]/;
const NEEDS_QUOTES = /[\t\r\n"]/;

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Rows as tab-separated text with a line of titles, as spreadsheets paste it. Cells with tabs, quotes or line breaks are
 * quoted. Words that would be run as a formula get an apostrophe before them; columns of figures (aligned to the end) do
 * not, for a minus there is a sign.
 */
export function tsvOf<Row>(columns: readonly PagedColumn<Row>[], rows: readonly Row[]): string {
  const cell = (column: PagedColumn<Row>, row: Row): string => {
    const text = column.text(row);
    return quoted(column.align !== 'end' && FORMULA.test(text) ? `'${text}` : text);
  };
  const lines = rows.map((row) => columns.map((column) => cell(column, row)).join('\t'));
  return [columns.map(({ title }) => quoted(title)).join('\t'), ...lines].join('\n');
}
