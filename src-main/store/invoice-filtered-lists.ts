import type { Place } from './invoice-cursor.ts';
import type { PlainQuery } from './invoice-filter.ts';
import type { Mirrored, InvoiceMirrors } from './invoice-mirrors.ts';
import type { InvoiceSet } from './invoice-set.ts';
import { type IndexedSort, SORT_SQL, type SortKey } from './invoice-sort.ts';
import type { Statements } from './statements.ts';

/** Rows of an index that are looked at for the beginning of a list, before the whole order is read. */
const LOOKED_AT = 20_000;

/** What a list takes of the rows of an order. */
interface Part {
  set: InvoiceSet;
  /** The mirror's rows from this one on are too new. */
  end: number;
  skip: number;
  take: number;
}

/** Ids of filtered invoices in an order that an index keeps, out of the mirror; null where rows are too many for it. */
export class FilteredLists {
  readonly #sql: Statements;
  readonly #mirrors: InvoiceMirrors;

  constructor(sql: Statements, mirrors: InvoiceMirrors) {
    this.#sql = sql;
    this.#mirrors = mirrors;
  }

  /** Those from an offset. */
  ids(query: PlainQuery, sort: SortKey<IndexedSort>, offset: number, limit: number): number[] | null {
    const mirrored = this.#mirrors.of(query.env);
    if (mirrored === null) return null;
    const { mirror, ranks } = mirrored;
    const set = this.#mirrors.setOf(mirrored, query);
    const end = mirror.firstAfter(query.asOf);
    const left = set.countBefore(end) - offset;
    if (left <= 0) return [];
    const part = { set, end, skip: offset, take: Math.min(limit, left) };
    const first = ranks.has(sort.column, end) ? null : this.#beginning(mirrored, sort, part);
    if (first !== null) return first;
    const order = ranks.of(this.#sql, sort.column, end);
    const rows =
      offset <= left
        ? walk(order, sort.descending, part)
        : walk(order, !sort.descending, { ...part, skip: left - part.take }).reverse();
    return rows.map((row) => mirror.ids[row] ?? 0);
  }

  /** Those behind a place. */
  idsAfter(
    query: PlainQuery,
    sort: SortKey<IndexedSort>,
    place: Place | null,
    limit: number,
  ): number[] | null {
    if (place === null) return this.ids(query, sort, 0, limit);
    const mirrored = this.#mirrors.of(query.env);
    if (mirrored === null) return null;
    const { mirror, ranks } = mirrored;
    const set = this.#mirrors.setOf(mirrored, query);
    const row = mirror.rowOf(place.id);
    const end = mirror.firstAfter(query.asOf);
    const order = ranks.of(this.#sql, sort.column, Math.max(end, row + 1));
    const at = order.indexOf(row);
    const rest = sort.descending ? order.subarray(0, at) : order.subarray(at + 1);
    const rows = walk(rest, sort.descending, { set, end, skip: 0, take: limit });
    return rows.map((one) => mirror.ids[one] ?? 0);
  }

  /** A list that is near its index's beginning; null when it is not. */
  #beginning({ mirror }: Mirrored, sort: SortKey<IndexedSort>, part: Part): number[] | null {
    const way = sort.descending ? 'DESC' : 'ASC';
    const wanted = part.skip + part.take;
    const read = this.#sql
      .prepared(
        `SELECT id FROM invoice WHERE env = ? ORDER BY ${SORT_SQL[sort.column]} ${way}, id ${way} LIMIT ${LOOKED_AT}`,
      )
      .pluck();
    const found: number[] = [];
    for (const id of read.iterate(mirror.env)) {
      const row = mirror.rowOf(id as number);
      if (row < part.end && part.set.marks[row] === 1) found.push(id as number);
      if (found.length === wanted) return found.slice(part.skip);
    }
    return null;
  }
}

/** The marked rows of an order, or of its reverse. */
function walk(order: Uint32Array, backwards: boolean, { set, end, skip, take }: Part): number[] {
  const found: number[] = [];
  const { marks } = set;
  let passed = 0;
  for (let place = 0; place < order.length && found.length < take; place += 1) {
    const row = order[backwards ? order.length - 1 - place : place] ?? 0;
    if (row >= end || marks[row] !== 1) continue;
    passed += 1;
    if (passed > skip) found.push(row);
  }
  return found;
}
