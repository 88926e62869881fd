/** The figures behind a chart, as text; the first cell of a row names it. */
export interface ChartTable {
  headers: readonly string[];
  rows: readonly (readonly string[])[];
}
