import type { InvoiceQuery, InvoiceRow } from '../../src-contract/invoice-store.ts';
import type { Page } from '../../src-contract/paging.ts';
import { pageOf } from './cursor.ts';
import { conditionOf } from './invoice-condition.ts';
import { cursorAfter, type Place, placeOf } from './invoice-cursor.ts';
import { keepsAll, plainQuery, type PlainQuery } from './invoice-filter.ts';
import { FilteredLists } from './invoice-filtered-lists.ts';
import type { InvoiceMirrors } from './invoice-mirrors.ts';
import { INVOICE_COLUMNS, invoicesById, type StoredInvoice, toInvoiceRow } from './invoice-row.ts';
import { beyond, type IndexedSort, indexedSort, SORT_SQL, type SortKey } from './invoice-sort.ts';
import { totalsInView, type View } from './invoice-total-table.ts';
import type { Statements, Value } from './statements.ts';

type Sort = SortKey<IndexedSort>;

/** Lists of shown invoices in an order that an index keeps; `env` is the number of an environment. */
export class InvoiceLists {
  readonly #sql: Statements;
  readonly #filtered: FilteredLists;

  constructor(sql: Statements, mirrors: InvoiceMirrors) {
    this.#sql = sql;
    this.#filtered = new FilteredLists(sql, mirrors);
  }

  /** Rows from an offset; read from the nearer end. */
  rows(env: number, asked: InvoiceQuery, offset: number, limit: number): InvoiceRow[] {
    const sort = indexedSort(asked.sort);
    const query = plainQuery(env, asked);
    const view = totalsInView(this.#sql, env, query.generation);
    // Its index is unique, and so does not tell what is hidden.
    const byNumber = sort.column === 'number' && view.hidden > 0;
    if (!keepsAll(query.filter) || byNumber) {
      const ids = this.#filtered.ids(query, sort, offset, limit);
      if (ids !== null) return invoicesById(this.#sql, ids);
    }
    const left = this.#count(query, view) - offset;
    if (left <= 0) return [];
    if (offset <= left) return this.#read(query, view, sort, offset, limit);
    const found = Math.min(limit, left);
    const fromEnd = { ...sort, descending: !sort.descending };
    return this.#read(query, view, fromEnd, left - found, found).reverse();
  }

  /** A page by key set. */
  page(env: number, asked: InvoiceQuery, limit: number, cursor: string | null): Page<InvoiceRow> {
    const sort = indexedSort(asked.sort);
    const query = plainQuery(env, asked);
    const place = placeOf(this.#sql, env, sort, cursor);
    const ids = keepsAll(query.filter) ? null : this.#filtered.idsAfter(query, sort, place, limit + 1);
    const rows = ids === null ? this.#readAfter(query, sort, place, limit + 1) : invoicesById(this.#sql, ids);
    return pageOf(
      rows,
      limit,
      (row) => row,
      (row) => cursorAfter(sort, row.id),
    );
  }

  /** How many rows a query keeps. */
  #count(query: PlainQuery, view: View): number {
    const count = (sql: string, values: readonly Value[]): number =>
      this.#sql.row<{ rows: number }>(`SELECT count(*) AS rows FROM invoice ${sql}`, ...values)?.rows ?? 0;
    if (!keepsAll(query.filter)) {
      const { sql, values } = conditionOf(query);
      return count(`WHERE ${sql}`, values);
    }
    if (view.newest <= query.asOf) return view.rows;
    const { env, generation, asOf } = query;
    const later = 'NOT INDEXED WHERE id > ? AND env = ? AND generation IN (0, ?)';
    return view.rows - count(later, [asOf, env, generation]);
  }

  #read(query: PlainQuery, view: View, sort: Sort, offset: number, limit: number): InvoiceRow[] {
    const { sql, values } = conditionOf(query, view.hidden > 0);
    return this.#sql
      .rows<StoredInvoice>(
        `SELECT ${INVOICE_COLUMNS} FROM invoice WHERE ${sql} ${orderBy(sort)} LIMIT ? OFFSET ?`,
        ...values,
        limit,
        offset,
      )
      .map(toInvoiceRow);
  }

  #readAfter(query: PlainQuery, sort: Sort, place: Place | null, limit: number): InvoiceRow[] {
    const view = totalsInView(this.#sql, query.env, query.generation);
    if (place === null) return this.#read(query, view, sort, 0, limit);
    const { sql, values } = conditionOf(query, view.hidden > 0);
    const behind = beyond(sort.column, sort.descending ? '<' : '>', place);
    return this.#sql
      .rows<StoredInvoice>(
        `SELECT ${INVOICE_COLUMNS} FROM invoice WHERE ${sql} AND ${behind.sql} ${orderBy(sort)} LIMIT ?`,
        ...values,
        ...behind.values,
        limit,
      )
      .map(toInvoiceRow);
  }
}

function orderBy({ column, descending }: Sort): string {
  const way = descending ? 'DESC' : 'ASC';
  return `ORDER BY ${SORT_SQL[column]} ${way}, id ${way}`;
}
