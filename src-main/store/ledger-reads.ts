import type { StoredLedger } from './port.ts';
import type { Statements } from './statements.ts';

/** The counters of every source of an environment, summed over its streams. A ledger counts events, a stream's `stored` rows. */
export function readLedgers(sql: Statements, env: number, envName: string): StoredLedger[] {
  return sql.rows<StoredLedger>(
    `SELECT ? AS env, source, sum(stored + packed) AS stored, sum(repeated) AS repeated, sum(rejected) AS rejected,
        sum(other) AS other
      FROM incarnation WHERE env = ? GROUP BY source ORDER BY source`,
    envName,
    env,
  );
}
