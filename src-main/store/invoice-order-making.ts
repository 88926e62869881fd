import type { PlainQuery } from './invoice-filter.ts';
import { type Mirrored, type InvoiceMirrors, MOST_MIRRORED } from './invoice-mirrors.ts';
import { orderColumn } from './invoice-order-columns.ts';
import type { IndexedSort, SortKey } from './invoice-sort.ts';
import { MergeSort } from './merge-sort.ts';
import type { Statements } from './statements.ts';

/** The most rows of an order. */
const MOST_ROWS = 2_000_000;

/** Rows that are looked at in one go: some milliseconds. */
const BLOCK_ROWS = 200_000;

/** Shares of the progress before the sorting begins: what the mirror takes, and the reading of columns. */
const MIRROR_SHARE = 0.3;
const COLUMNS_SHARE = 0.1;

/** How far an order has come, from 0 to 1, and how many rows it has as far as that is known. */
export interface Making {
  progress: number;
  rows: number;
}

/**
 * Makes the order of what a query keeps: the ids in their order. It pauses after every few milliseconds of work. Throws a
 * RangeError when there are too many rows.
 */
export function* makeOrder(
  sql: Statements,
  mirrors: InvoiceMirrors,
  query: PlainQuery,
  keys: readonly SortKey[],
): Generator<Making, Float64Array, void> {
  for (let done = 0; (done = mirrors.mirrorSome(query.env)) < 1;)
    yield { progress: MIRROR_SHARE * done, rows: 0 };
  const mirrored = mirrors.of(query.env);
  if (mirrored === null) {
    throw new RangeError(`more than ${MOST_MIRRORED} invoices can be sorted by one indexed column only`);
  }
  // The mirror may be made again while this sorts; what it has is never changed.
  const { ids } = mirrored.mirror;
  const end = mirrored.mirror.firstAfter(query.asOf);
  const rows = yield* keptRows(sql, mirrors, mirrored, query, end);
  const compare = yield* comparison(sql, mirrored, keys, end, rows.length);
  const sort = new MergeSort(rows, compare);
  const before = MIRROR_SHARE + COLUMNS_SHARE;
  while (!sort.done) {
    sort.step();
    yield { progress: before + (1 - before) * sort.progress, rows: rows.length };
  }
  const sorted = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place += 1) sorted[place] = ids[sort.items[place] ?? 0] ?? 0;
  return sorted;
}

function* keptRows(
  sql: Statements,
  mirrors: InvoiceMirrors,
  mirrored: Mirrored,
  query: PlainQuery,
  end: number,
): Generator<Making, Uint32Array, void> {
  const set = mirrors.openSet(mirrored, query);
  const pause = { progress: MIRROR_SHARE, rows: 0 };
  while (set.lookAtSome(sql)) yield pause;
  const { marks } = set;
  const rows = new Uint32Array(end);
  let count = 0;
  for (let row = 0; row < end; row += 1) {
    if (marks[row] === 1) rows[count++] = row;
    if (row % BLOCK_ROWS === BLOCK_ROWS - 1) yield pause;
  }
  if (count > MOST_ROWS) {
    throw new RangeError(`at most ${MOST_ROWS} invoices can be sorted so, not ${count}: filter them first`);
  }
  return rows.slice(0, count);
}

function* comparison(
  sql: Statements,
  mirrored: Mirrored,
  keys: readonly SortKey[],
  end: number,
  rows: number,
): Generator<Making, (one: number, other: number) => number, void> {
  const pause = { progress: MIRROR_SHARE, rows };
  const columns: { values: ArrayLike<number>; way: number }[] = [];
  for (const { column, descending } of keys) {
    if (isRanked(column)) {
      while (!mirrored.ranks.has(column, end)) {
        mirrored.ranks.readSome(sql, column);
        yield pause;
      }
    }
    columns.push({ values: orderColumn(sql, mirrored, column, end), way: descending ? -1 : 1 });
    yield pause;
  }
  const tie = keys[0]?.descending === true ? -1 : 1;
  return (one, other) => {
    for (const { values, way } of columns) {
      const a = values[one] ?? 0;
      const b = values[other] ?? 0;
      if (a !== b) return a < b ? -way : way;
    }
    return (one - other) * tie;
  };
}

/** Columns of texts that every row has of its own: those compare by their places in an index. */
function isRanked(column: SortKey['column']): column is Extract<IndexedSort, 'number' | 'company'> {
  return column === 'number' || column === 'company';
}
