import type { ForgetRecord } from '../../src-contract/checkpoint.ts';
import { portfolioId } from './portfolio-table.ts';
import type { Statements } from './statements.ts';

/**
 * Makes a slug disappear at once: its portfolio is gone, its public opt-ins and opt-outs name nobody. What may take
 * longer (minutes of values, journal bodies, rejects, audit entries) is queued for the redaction. Called inside a
 * transaction.
 */
export function forget(sql: Statements, env: number, record: ForgetRecord): void {
  const portfolio = portfolioId(sql, env, record.slug);
  if (portfolio !== undefined) {
    sql.run('UPDATE community_event SET portfolio = NULL WHERE env = ? AND portfolio = ?', env, portfolio);
    sql.run('DELETE FROM portfolio_holdings WHERE portfolio = ?', portfolio);
    sql.run("UPDATE portfolio SET slug = '', key = NULL WHERE id = ?", portfolio);
    sql.run('INSERT INTO orphan (portfolio) VALUES (?)', portfolio);
  }
  sql.run(
    'INSERT INTO redaction (env, slug, opted_out, received_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    env,
    record.slug,
    record.id,
    record.receivedAt,
  );
}
