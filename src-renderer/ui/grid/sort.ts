/** Directions, named as `aria-sort` names them. */
export type SortDirection = 'ascending' | 'descending';

/** One level of a sort; the first of several decides, the next break ties. */
export interface SortKey {
  column: string;
  direction: SortDirection;
}

/** What rows are ordered by. Null sorts last in both directions: "unknown" is never the largest or the smallest. */
export type SortValue = number | string | null;

/** How one level of a sort reads a row. */
export interface SortLevel<Row> {
  direction: SortDirection;
  valueOf(row: Row): SortValue;
}

const opposite = (direction: SortDirection): SortDirection =>
  direction === 'ascending' ? 'descending' : 'ascending';

/**
 * The sort after a header was pressed: first direction, then the other, then none. `additive` (Shift) keeps the other
 * levels, otherwise the column becomes the only one.
 */
export function nextSort(
  sort: readonly SortKey[],
  column: string,
  first: SortDirection,
  additive: boolean,
): SortKey[] {
  const present = sort.find((key) => key.column === column);
  const next = nextDirection(present?.direction, first);
  const key = next === null ? [] : [{ column, direction: next }];
  if (!additive) return key;
  if (present === undefined || next === null) return [...sort.filter((other) => other !== present), ...key];
  return sort.map((other) => (other === present ? { column, direction: next } : other));
}

function nextDirection(present: SortDirection | undefined, first: SortDirection): SortDirection | null {
  if (present === undefined) return first;
  return present === first ? opposite(first) : null;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compareValues(left: SortValue, right: SortValue, direction: SortDirection): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  const order =
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : collator.compare(String(left), String(right));
  return direction === 'ascending' ? order : -order;
}

/**
 * Keys of `rows` in the order the levels ask for; rows equal in all of them are ordered by key, so that nothing jitters.
 * @param ordered the rows come in an order that somebody chose: that stands among equals.
 */
export function sortedKeys<Row>(
  rows: Iterable<readonly [string, Row]>,
  levels: readonly SortLevel<Row>[],
  ordered = false,
): string[] {
  const decorated = Array.from(rows, ([key, row]) => ({
    key,
    values: levels.map((level) => level.valueOf(row)),
  }));
  decorated.sort((left, right) => {
    for (let index = 0; index < levels.length; index++) {
      const direction = levels[index]?.direction ?? 'ascending';
      const order = compareValues(left.values[index] ?? null, right.values[index] ?? null, direction);
      if (order !== 0) return order;
    }
    if (ordered) return 0;
    return left.key < right.key ? -1 : 1;
  });
  return decorated.map((entry) => entry.key);
}
