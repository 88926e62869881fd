import type { Statements, Value } from './statements.ts';

/** How much of a table is rewritten on each side of a row: more than the pages its b-tree balances at a time. */
const REACH_BYTES = 32 * 1024;

/** A page holds at most about this much of a row; the rest lies in pages of its own, which are zeroed when freed. */
const MOST_IN_PAGE = 4_000;

/** How many bytes of a page a row takes, roughly. */
const SIZES = {
  journal: `40 + min(${MOST_IN_PAGE}, coalesce(length(body), 0))`,
  portfolio: '40 + length(slug)',
  redaction: '40 + length(slug)',
  reject: '60 + length(subject) + length(reason) + length(body)',
  audit: '40 + length(actor) + length(action) + length(target) + length(result)',
} as const;

/** A table whose rows can be rewritten. */
export type RewrittenTable = keyof typeof SIZES;

/**
 * Deletes and inserts again the rows around a place in a table, so that nothing of a row that stood there remains.
 *
 * Deleting zeroes the bytes of a row, but when SQLite balances a b-tree it moves rows between neighbouring pages and
 * leaves the old copy in the unused middle of a page, where later deletes do not reach it. Emptying those pages does.
 * Rows at or below `after` were just rewritten. Answers the id of the last row it rewrote. Called inside a transaction.
 */
export function rewriteAround(sql: Statements, table: RewrittenTable, id: number, after = 0): number {
  const first = Math.max(reach(sql, table, id, '<=', 'DESC'), after + 1);
  const last = reach(sql, table, id, '>', 'ASC');
  const select = sql.prepared(`SELECT * FROM ${table} WHERE id BETWEEN ? AND ?`).raw();
  const rows = select.all(first, last) as Value[][];
  const width = rows[0]?.length;
  if (width === undefined) return last;
  sql.run(`DELETE FROM ${table} WHERE id BETWEEN ? AND ?`, first, last);
  const insert = sql.bulk(`INSERT INTO ${table} VALUES (${new Array(width).fill('?').join(', ')})`);
  for (const row of rows) insert.run(row);
  return last;
}

/** The id of the row that lies {@link REACH_BYTES} away; `id` itself when there is nothing on that side. */
function reach(
  sql: Statements,
  table: RewrittenTable,
  id: number,
  side: '<=' | '>',
  order: 'ASC' | 'DESC',
): number {
  let bytes = 0;
  let end = id;
  const rows = sql.each<{ id: number; bytes: number }>(
    `SELECT id, ${SIZES[table]} AS bytes FROM ${table} WHERE id ${side} ? ORDER BY id ${order}`,
    id,
  );
  for (const row of rows) {
    end = row.id;
    bytes += row.bytes;
    if (bytes >= REACH_BYTES) break;
  }
  return end;
}
