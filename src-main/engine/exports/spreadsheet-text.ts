/** What a spreadsheet takes for the beginning of a formula, also in its wide forms; behind any number of marks. */
const FORMULA = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const MARKED = /^'+[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A text that a spreadsheet shows as it is: what it would run as a formula gets a `'` in front. */
export function spreadsheetText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text that {@link spreadsheetText} was given. */
export function textOfSpreadsheet(cell: string): string {
  return MARKED.test(cell) ? cell.slice(1) : cell;
}
