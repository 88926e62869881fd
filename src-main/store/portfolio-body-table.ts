import type { Statements } from './statements.ts';

/** Empty rows at the beginning that one call deletes: more than a block of the journal has places. */
const DELETED_AT_A_TIME = 1_200;

/**
 * Empties the bodies at these places. Rows are deleted only at the beginning of the table: in its middle that would
 * make SQLite move the bodies beside them, and moving leaves copies behind. Called inside a transaction.
 */
export function dropBodies(sql: Statements, places: readonly number[]): void {
  if (places.length === 0) return;
  for (const place of places) {
    sql.run('UPDATE portfolio_body SET body = NULL, key = NULL WHERE id = ?', place);
  }
  sql.run(
    `DELETE FROM portfolio_body WHERE id < coalesce(
      (SELECT min(id) FROM (SELECT id, body FROM portfolio_body ORDER BY id LIMIT ${DELETED_AT_A_TIME})
        WHERE body IS NOT NULL),
      (SELECT max(id) FROM (SELECT id FROM portfolio_body ORDER BY id LIMIT ${DELETED_AT_A_TIME})))`,
  );
}
