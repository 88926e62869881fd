import type { PortfolioRecord } from '../../src-contract/checkpoint.ts';
import { slugKey } from './slug-key.ts';
import type { Statements } from './statements.ts';

/** The number of a shared portfolio; undefined when the slug is not shared in that environment. */
export function portfolioId(sql: Statements, env: number, slug: string): number | undefined {
  return sql.row<{ id: number }>(
    'SELECT id FROM portfolio WHERE env = ? AND key = ? AND slug = ?',
    env,
    slugKey(slug),
    slug,
  )?.id;
}

/** Stores a portfolio as it now is. */
export function savePortfolio(sql: Statements, env: number, portfolio: PortfolioRecord): void {
  const { slug, optedInAt, updatedAt } = portfolio;
  let id = portfolioId(sql, env, slug);
  if (id === undefined) {
    sql.run(
      'INSERT INTO portfolio (env, key, slug, opted_in_at, updated_at) VALUES (?, ?, ?, ?, ?)',
      env,
      slugKey(slug),
      slug,
      optedInAt,
      updatedAt,
    );
    id = portfolioId(sql, env, slug) ?? 0;
  } else {
    sql.run('UPDATE portfolio SET opted_in_at = ?, updated_at = ? WHERE id = ?', optedInAt, updatedAt, id);
  }
  sql.run(
    `INSERT INTO portfolio_holdings (portfolio, holdings) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET holdings = excluded.holdings`,
    id,
    JSON.stringify(portfolio.holdings),
  );
}

/** Every shared portfolio of an environment, by slug. */
export function loadPortfolios(sql: Statements, env: number): (PortfolioRecord & { id: number })[] {
  const rows = sql.rows<{
    id: number;
    slug: string;
    optedInAt: number;
    updatedAt: number;
    holdings: string | null;
  }>(
    `SELECT p.id, p.slug, p.opted_in_at AS optedInAt, p.updated_at AS updatedAt, h.holdings
      FROM portfolio p LEFT JOIN portfolio_holdings h ON h.portfolio = p.id
      WHERE p.env = ? AND p.key IS NOT NULL ORDER BY p.slug`,
    env,
  );
  return rows.map((row) => ({
    ...row,
    holdings: JSON.parse(row.holdings ?? '[]') as PortfolioRecord['holdings'],
  }));
}
