import { CursorError } from './cursor-error.ts';

/** Makes the cursor of a list: opaque text that holds where a page ended. */
export function makeCursor(list: string, position: readonly number[]): string {
  return Buffer.from(`${list}:${position.join(',')}`).toString('base64url');
}

/**
 * Where a cursor of that list stands, as `size` whole numbers; null for no cursor. Throws a CursorError for anything
 * that {@link makeCursor} did not make for this list.
 */
export function readCursor(list: string, cursor: string | null, size: number): number[] | null {
  if (cursor === null) return null;
  const [name, position = ''] = Buffer.from(cursor, 'base64url').toString().split(':');
  const numbers = position.split(',').map(Number);
  const valid = name === list && numbers.length === size && numbers.every(Number.isSafeInteger);
  if (!valid || makeCursor(list, numbers) !== cursor) {
    throw new CursorError(
      `"${cursor.slice(0, 40)}" is no cursor of ${list}: a cursor is the next_cursor of the page before`,
    );
  }
  return numbers;
}

/** Cuts what was read, one more than `limit`, to a page; `position` says where an item stands. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorAfter: (row: Row) => string,
): { items: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    next_cursor: rows.length > limit && last !== undefined ? cursorAfter(last) : null,
  };
}
