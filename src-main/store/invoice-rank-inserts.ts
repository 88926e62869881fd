import type { InvoiceMirror } from './invoice-mirror.ts';
import { beyond, type IndexedSort, SORT_SQL } from './invoice-sort.ts';
import type { Statements } from './statements.ts';

/** Rows of a mirror in an order, which has those before `seen`. */
interface Ranks {
  rows: Uint32Array;
  seen: number;
}

/** The order of all rows of a mirror, out of that of its first ones. */
export function insertedRanks(
  sql: Statements,
  mirror: InvoiceMirror,
  sort: IndexedSort,
  { rows, seen }: Ranks,
): Uint32Array {
  const fresh = freshRows(sql, mirror, sort, seen);
  if (fresh.length === 0) return rows;
  const before = predecessors(sql, mirror, sort, fresh);
  const places = placesOf(rows, mirror.count);
  const all = new Uint32Array(rows.length + fresh.length);
  let taken = 0;
  let at = 0;
  for (const [index, { row }] of fresh.entries()) {
    const previous = before[index] ?? -1;
    // Behind another fresh one nothing of the old order lies between.
    const until = previous >= seen ? taken : previous === -1 ? 0 : (places[previous] ?? 0) + 1;
    all.set(rows.subarray(taken, until), at);
    at += until - taken;
    taken = until;
    all[at++] = row;
  }
  all.set(rows.subarray(taken), at);
  return all;
}

interface Fresh {
  row: number;
  id: number;
  key: number | string;
}

/** The rows from one on, in the order of the key. */
function freshRows(sql: Statements, mirror: InvoiceMirror, sort: IndexedSort, seen: number): Fresh[] {
  const key = SORT_SQL[sort];
  const after = seen === 0 ? 0 : (mirror.ids[seen - 1] ?? 0);
  const last = mirror.ids[mirror.count - 1] ?? 0;
  return sql
    .rows<{ id: number; key: number | string }>(
      `SELECT id, ${key} AS key FROM invoice NOT INDEXED WHERE id > ? AND id <= ? AND env = ? ORDER BY ${key}, id`,
      after,
      last,
      mirror.env,
    )
    .map(({ id, key: value }) => ({ row: mirror.rowOf(id), id, key: value }))
    .filter(({ row }) => row >= 0);
}

/** The mirror's rows that stand directly before these in the index; -1: none. */
function predecessors(
  sql: Statements,
  mirror: InvoiceMirror,
  sort: IndexedSort,
  fresh: readonly Fresh[],
): number[] {
  const last = mirror.ids[mirror.count - 1] ?? 0;
  const key = SORT_SQL[sort];
  return fresh.map(({ id, key: value }) => {
    const before = beyond(sort, '<', { key: value, id });
    const found = sql
      .prepared(
        `SELECT id FROM invoice WHERE env = ? AND ${before.sql} AND +id <= ? ORDER BY ${key} DESC, id DESC LIMIT 1`,
      )
      .pluck()
      .get(mirror.env, ...before.values, last) as number | undefined;
    return found === undefined ? -1 : mirror.rowOf(found);
  });
}

/** Where each row stands in an order. */
function placesOf(rows: Uint32Array, count: number): Uint32Array {
  const places = new Uint32Array(count);
  for (let place = 0; place < rows.length; place += 1) places[rows[place] ?? 0] = place;
  return places;
}
