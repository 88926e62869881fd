import type { Statements } from './statements.ts';

/** Minutes of value history are kept for 90 days. */
export const MINUTES_KEPT_MS = 90 * 86_400_000;

/** Deletes up to `maxRows` minutes that are older; answers how many went. */
export function deleteOldMinutes(sql: Statements, now: number, maxRows: number): number {
  const before = now - MINUTES_KEPT_MS;
  const community = sql.run(
    `DELETE FROM community_value_1m WHERE (env, minute) IN
      (SELECT v.env, v.minute FROM environment e JOIN community_value_1m v ON v.env = e.id AND v.minute < ? LIMIT ?)`,
    before,
    maxRows,
  );
  if (community > 0) return community;
  return sql.run(
    `DELETE FROM portfolio_value_1m WHERE (portfolio, minute) IN
      (SELECT v.portfolio, v.minute FROM portfolio p JOIN portfolio_value_1m v ON v.portfolio = p.id AND v.minute < ?
        LIMIT ?)`,
    before,
    maxRows,
  );
}
