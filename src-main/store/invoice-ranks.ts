import type { InvoiceMirror } from './invoice-mirror.ts';
import { insertedRanks } from './invoice-rank-inserts.ts';
import { beyond, type IndexedSort, SORT_SQL } from './invoice-sort.ts';
import type { Statements } from './statements.ts';

/** Ids that are read from an index in one go: some milliseconds. */
const BLOCK_IDS = 10_000;

/** As many rows that came since are put into their places one by one; for more the index is read again. */
const MOST_INSERTED = 2_000;

/** An order is warm while at most this many rows came since. */
const FEW_ROWS = 1_000;

/** Where the reading of an index has come to. */
interface Reading {
  rows: Uint32Array;
  count: number;
  /** Rows from this one on came after it began. */
  seen: number;
  last: { key: number | string; id: number } | null;
}

/**
 * The rows of a mirror in the order of each sort that an index serves, smallest first; 4 bytes a row and sort. One is read
 * from its index when it is first asked for; rows that came later are put in between.
 */
export class InvoiceRanks {
  readonly #mirror: InvoiceMirror;
  readonly #ranks = new Map<IndexedSort, { rows: Uint32Array; seen: number }>();
  readonly #readings = new Map<IndexedSort, Reading>();

  constructor(mirror: InvoiceMirror) {
    this.#mirror = mirror;
  }

  /** Whether a sort is there for all rows before one, or nearly. */
  has(sort: IndexedSort, end: number): boolean {
    const known = this.#ranks.get(sort);
    return known !== undefined && end - known.seen <= MOST_INSERTED;
  }

  /** Whether a sort is there but for a few rows. */
  isWarm(sort: IndexedSort): boolean {
    const known = this.#ranks.get(sort);
    return known !== undefined && this.#mirror.count - known.seen <= FEW_ROWS;
  }

  /** The rows in the order of a sort: at least those before one. */
  of(sql: Statements, sort: IndexedSort, end: number): Uint32Array {
    for (;;) {
      const known = this.#ranks.get(sort);
      if (known !== undefined && known.seen >= end) return known.rows;
      this.readSome(sql, sort);
    }
  }

  /** Does some milliseconds of what brings a sort up to the mirror's rows. */
  readSome(sql: Statements, sort: IndexedSort): void {
    const known = this.#ranks.get(sort);
    const { count } = this.#mirror;
    if (known !== undefined && count - known.seen <= MOST_INSERTED) {
      const rows = insertedRanks(sql, this.#mirror, sort, known);
      this.#ranks.set(sort, { rows, seen: count });
      this.#readings.delete(sort);
      return;
    }
    const reading = this.#readings.get(sort) ?? {
      rows: new Uint32Array(count),
      count: 0,
      seen: count,
      last: null,
    };
    this.#readings.set(sort, reading);
    if (this.#readBlock(sql, sort, reading)) return;
    this.#readings.delete(sort);
    this.#ranks.set(sort, { rows: reading.rows.subarray(0, reading.count), seen: reading.seen });
  }

  /** False when the index ends there. */
  #readBlock(sql: Statements, sort: IndexedSort, reading: Reading): boolean {
    const { env } = this.#mirror;
    const key = SORT_SQL[sort];
    const behind = reading.last === null ? null : beyond(sort, '>', reading.last);
    const ids = sql
      .prepared(
        `SELECT id FROM invoice WHERE env = ? ${behind === null ? '' : `AND ${behind.sql}`} ORDER BY ${key}, id LIMIT ${BLOCK_IDS}`,
      )
      .pluck()
      .all(env, ...(behind?.values ?? [])) as number[];
    for (const id of ids) {
      const row = this.#mirror.rowOf(id);
      if (row >= 0 && row < reading.seen) reading.rows[reading.count++] = row;
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < BLOCK_IDS) return false;
    const at = sql.prepared(`SELECT ${key} FROM invoice WHERE id = ?`).pluck().get(last) as number | string;
    reading.last = { key: at, id: last };
    return true;
  }
}
