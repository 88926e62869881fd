import { makeCursor, readCursor } from './cursor.ts';
import { CursorError } from './cursor-error.ts';
import { type IndexedSort, SORT_SQL, type SortKey } from './invoice-sort.ts';
import type { Statements } from './statements.ts';

/** Where a page ended: the sorted column of its last row, and the row's id. */
export interface Place {
  key: string | number;
  id: number;
}

/** The cursor behind a row. The row tells its key: a company's name would not fit. */
export function cursorAfter(sort: SortKey<IndexedSort>, id: number): string {
  return makeCursor(listOf(sort), [id]);
}

/**
 * Where a cursor of that sort stands; null for no cursor. Throws a CursorError for one of another list, and when its row
 * was purged: what came before it is gone then, too.
 */
export function placeOf(
  sql: Statements,
  env: number,
  sort: SortKey<IndexedSort>,
  cursor: string | null,
): Place | null {
  const [id] = readCursor(listOf(sort), cursor, 1) ?? [];
  if (id === undefined) return null;
  const column = SORT_SQL[sort.column].split(' ')[0] ?? '';
  const row = sql.row<Place>(`SELECT ${column} AS key, id FROM invoice WHERE id = ? AND env = ?`, id, env);
  if (row === undefined) throw new CursorError('the invoices of this list were reset: begin again');
  return row;
}

function listOf({ column, descending }: SortKey<IndexedSort>): string {
  return `invoices by ${descending ? '-' : ''}${column}`;
}
