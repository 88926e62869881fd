import type { Statements, Value } from './statements.ts';

/** How much of a table is rewritten from its beginning: far more than the pages that SQLite balances at a time. */
const REACH_BYTES = 256 * 1024;

/** How many bytes a row takes, roughly. */
const SIZES = {
  portfolio_body: '40 + coalesce(length(body), 0)',
  reject: '60 + length(subject) + length(reason) + length(body)',
  audit: '40 + length(actor) + length(action) + length(target) + length(result)',
} as const;

/**
 * Deletes and inserts again the oldest rows of a table, so that nothing of a row that stood there remains.
 *
 * Emptying or deleting a row zeroes its bytes. But when SQLite balances a b-tree it moves rows between neighbouring
 * pages and leaves old copies in the unused middle of a page. These tables grow at their end, where nothing moves, and
 * lose rows at their beginning, where they do: there the pages are emptied as a whole. Called inside a transaction.
 */
export function rewriteOldest(sql: Statements, table: keyof typeof SIZES): void {
  const last = endOfReach(sql, table);
  if (last === null) return;
  const rows = sql.prepared(`SELECT * FROM ${table} WHERE id <= ? ORDER BY id`).raw().all(last) as Value[][];
  const width = rows[0]?.length ?? 0;
  sql.run(`DELETE FROM ${table} WHERE id <= ?`, last);
  const insert = sql.bulk(`INSERT INTO ${table} VALUES (${new Array(width).fill('?').join(', ')})`);
  for (const row of rows) insert.run(row);
}

function endOfReach(sql: Statements, table: keyof typeof SIZES): number | null {
  let bytes = 0;
  let end: number | null = null;
  const rows = sql.each<{ id: number; bytes: number }>(
    `SELECT id, ${SIZES[table]} AS bytes FROM ${table} ORDER BY id`,
  );
  for (const row of rows) {
    end = row.id;
    bytes += row.bytes;
    if (bytes >= REACH_BYTES) break;
  }
  return end;
}
