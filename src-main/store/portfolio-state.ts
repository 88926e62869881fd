import {
  NOTHING_STORED,
  type CommunityEventRecord,
  type PortfolioState,
  type QuoteRecord,
} from '../../src-contract/checkpoint.ts';
import { checkpointBatch } from './checkpoint-table.ts';
import { loadPortfolios } from './portfolio-table.ts';
import type { Statements } from './statements.ts';

/** Points of a spark: the last hour. */
const SPARK_POINTS = 60;

/** What the portfolio projection of an environment starts from; empty for one that has nothing stored. */
export function readPortfolioState(sql: Statements, env: number | undefined): PortfolioState {
  if (env === undefined) return NOTHING_STORED;
  const portfolios = loadPortfolios(sql, env);
  return {
    batch: checkpointBatch(sql, env, 'portfolios'),
    portfolios: portfolios.map(({ slug, optedInAt, updatedAt, holdings }) => ({
      slug,
      optedInAt,
      updatedAt,
      holdings,
    })),
    quotes: readQuotes(sql, env),
    communityEvents: readCommunityEvents(sql, env),
    lastMinute:
      sql.row<{ minute: number | null }>(
        'SELECT max(minute) AS minute FROM community_value_1m WHERE env = ?',
        env,
      )?.minute ?? 0,
    sparks: portfolios.map(({ id, slug }) => ({ slug, points: readSpark(sql, id) })),
  };
}

function readQuotes(sql: Statements, env: number): QuoteRecord[] {
  return sql.rows<QuoteRecord>(
    `SELECT source, symbol, currency, price, change_percent AS changePercent, occurred_at AS occurredAt, day,
        day_open AS dayOpen, day_open_at AS dayOpenAt
      FROM quote WHERE env = ? ORDER BY source, symbol`,
    env,
  );
}

/** Oldest first. */
function readCommunityEvents(sql: Statements, env: number): CommunityEventRecord[] {
  return sql.rows<CommunityEventRecord>(
    `SELECT c.id, c.at, p.slug, c.change FROM community_event c LEFT JOIN portfolio p ON p.id = c.portfolio
      WHERE c.env = ? ORDER BY c.at, c.id`,
    env,
  );
}

function readSpark(sql: Statements, portfolio: number): { minute: number; value: number }[] {
  return sql
    .rows<{
      minute: number;
      value: number;
    }>(
      `SELECT minute, value FROM portfolio_value_1m WHERE portfolio = ? ORDER BY minute DESC LIMIT ${SPARK_POINTS}`,
      portfolio,
    )
    .reverse();
}
