import type { ColumnBasis } from '../grid/column.ts';
import type { SortKey } from '../grid/sort.ts';
import { formatCount } from '../number-format.ts';

/** A number of rows: `No rows`, `1 row`, `1,234 rows`. */
export function rowsInWords(count: number): string {
  if (count === 0) return 'No rows';
  return count === 1 ? '1 row' : `${formatCount(count)} rows`;
}

/** A selection, as it is announced. */
export function selectionInWords(count: number): string {
  return count === 0 ? 'Nothing selected' : `${rowsInWords(count)} selected`;
}

/** A sort, as it is announced: `Sorted by Gross, descending, then by Issued, ascending`. */
export function sortInWords(sort: readonly SortKey[], columns: readonly ColumnBasis[]): string {
  if (sort.length === 0) return 'Not sorted';
  const titleOf = (id: string): string => columns.find((column) => column.id === id)?.title ?? id;
  return `Sorted by ${sort.map((key) => `${titleOf(key.column)}, ${key.direction}`).join(', then by ')}`;
}

/** What was copied of how many, as a notice says it. */
export function copiedInWords(copied: number, selected: number): string {
  if (copied === selected) return `Copied ${rowsInWords(copied)}`;
  return `Copied the first ${formatCount(copied)} of ${rowsInWords(selected)}; an export takes all`;
}
