import type { InvoiceMirror } from './invoice-mirror.ts';
import { type IndexedSort, SORT_SQL } from './invoice-sort.ts';
import type { Statements } from './statements.ts';

/**
 * The rows of a mirror in the order of each sort that an index serves, smallest first; 4 bytes a row and sort. One is read
 * from its index when it is asked for, and again when rows are asked for that came later.
 */
export class InvoiceRanks {
  readonly #mirror: InvoiceMirror;
  readonly #ranks = new Map<IndexedSort, { rows: Uint32Array; seen: number }>();

  constructor(mirror: InvoiceMirror) {
    this.#mirror = mirror;
  }

  /** Whether a sort is there for all rows before one. */
  has(sort: IndexedSort, end: number): boolean {
    return (this.#ranks.get(sort)?.seen ?? 0) >= end;
  }

  /** The rows in the order of a sort: at least those before one. */
  of(sql: Statements, sort: IndexedSort, end: number): Uint32Array {
    const known = this.#ranks.get(sort);
    if (known !== undefined && known.seen >= end) return known.rows;
    const rows = this.#read(sql, sort);
    this.#ranks.set(sort, { rows, seen: this.#mirror.count });
    return rows;
  }

  #read(sql: Statements, sort: IndexedSort): Uint32Array {
    const ids = sql
      .prepared(`SELECT id FROM invoice WHERE env = ? ORDER BY ${SORT_SQL[sort]}, id`)
      .pluck()
      .all(this.#mirror.env) as number[];
    const rows = new Uint32Array(ids.length);
    for (let place = 0; place < ids.length; place += 1) rows[place] = this.#mirror.rowOf(ids[place] ?? 0);
    return rows;
  }
}
