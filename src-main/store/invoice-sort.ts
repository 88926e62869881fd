import { INDEXED_SORTS, type InvoiceSortColumn } from '../../src-contract/invoice.ts';

/** One column of a sort. */
export interface SortKey<Column extends InvoiceSortColumn = InvoiceSortColumn> {
  column: Column;
  descending: boolean;
}

/** A column whose order an index keeps. */
export type IndexedSort = (typeof INDEXED_SORTS)[number];

/** SQL of each column that rows can be sorted by. */
export const SORT_SQL: Readonly<Record<InvoiceSortColumn, string>> = {
  time: 'issued_at',
  number: 'number',
  company: 'company COLLATE NOCASE',
  gross: 'gross_sort',
  net: 'net',
  vat: 'vat',
  currency: 'currency',
  state: 'state',
  due: 'due_at',
  source: 'source',
};

/** The columns of a sort's text, as the contract's InvoiceSort has it. */
export function sortKeys(sort: string): SortKey[] {
  return sort.split(',').map((part) => {
    const descending = part.startsWith('-');
    return { column: (descending ? part.slice(1) : part) as InvoiceSortColumn, descending };
  });
}

/** The only column of a sort that an index serves. Throws a RangeError for others. */
export function indexedSort(sort: string): SortKey<IndexedSort> {
  const [key, ...others] = sortKeys(sort);
  const column = INDEXED_SORTS.find((one) => one === key?.column);
  if (key === undefined || others.length > 0 || column === undefined) {
    throw new RangeError(
      `no index serves the sort "${sort}": make an order of it first; served are ${INDEXED_SORTS.join(', ')}, each alone`,
    );
  }
  return { column, descending: key.descending };
}

/**
 * A condition in SQL on what stands behind a place in the order of a column, or before it, and its values. That of the
 * column alone is there for the index: SQLite does not look up a place by a pair one of which has a collation.
 */
export function beyond(
  column: IndexedSort,
  way: '<' | '>',
  { key, id }: { key: number | string; id: number },
): { sql: string; values: [number | string, number | string, number] } {
  const name = SORT_SQL[column];
  return { sql: `${name} ${way}= ? AND (${name}, id) ${way} (?, ?)`, values: [key, key, id] };
}
