import type { ColumnBasis } from './column.ts';

const isMovable = (column: ColumnBasis): boolean => column.hideable !== false;

/**
 * Columns in a chosen order of their ids: those that cannot be hidden keep their places, those the order does not name
 * come after the ones it does, ids of other columns are ignored.
 */
export function arrangeColumns<Column extends ColumnBasis>(
  columns: readonly Column[],
  order: readonly string[],
): readonly Column[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = ({ id }: Column): number => places.get(id) ?? order.length;
  const movable = columns.filter(isMovable).sort((left, right) => placeOf(left) - placeOf(right));
  return columns.map((column) => (isMovable(column) ? (movable.shift() ?? column) : column));
}

/** The order after `column` took the place of `to`; null when one of them stays where it is. */
export function movedOrder<Column extends ColumnBasis>(
  columns: readonly Column[],
  column: Column,
  to: Column,
): readonly Column[] | null {
  const place = columns.indexOf(to);
  if (column === to || place < 0 || !isMovable(column) || !isMovable(to)) return null;
  return columns.filter((other) => other !== column).toSpliced(place, 0, column);
}
