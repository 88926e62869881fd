import { toMoney } from '../../src-contract/money.ts';
import type { Page } from '../../src-contract/paging.ts';
import type { CommunityPoint, TimelineEntry, ValuePoint } from '../../src-contract/portfolio.ts';
import { toTimestamp } from '../../src-contract/timestamp.ts';
import { makeCursor, pageOf, readCursor } from './cursor.ts';
import { portfolioId } from './portfolio-table.ts';
import type { Statements } from './statements.ts';

const MINUTE_MS = 60_000;

/** A history has at most about this many points; a longer span shows the last value of equal parts of it. */
const MOST_POINTS = 5_000;

/** A span of time in UTC milliseconds, both ends included. */
interface Span {
  from: number;
  to: number;
}

interface ValueRow {
  minute: number;
  value: number;
  cost: number;
}

/** Community totals by minute, oldest first. */
export function readCommunityHistory(
  sql: Statements,
  env: number,
  span: Span,
  currency: string,
): CommunityPoint[] {
  const rows = sql.rows<ValueRow & { portfolioCount: number }>(
    `SELECT max(minute) AS minute, value, cost, portfolio_count AS portfolioCount FROM community_value_1m
      WHERE env = ? AND minute BETWEEN ? AND ? GROUP BY minute / CAST(? AS INTEGER) ORDER BY minute`,
    env,
    span.from,
    span.to,
    partMs(span),
  );
  return rows.map((row) => ({ ...valuePoint(row, currency), portfolio_count: row.portfolioCount }));
}

/** A portfolio's value by minute, oldest first; empty when it is not shared. */
export function readPortfolioHistory(
  sql: Statements,
  env: number,
  slug: string,
  span: Span,
  currency: string,
): ValuePoint[] {
  const portfolio = portfolioId(sql, env, slug);
  if (portfolio === undefined) return [];
  const rows = sql.rows<ValueRow>(
    `SELECT max(minute) AS minute, value, cost FROM portfolio_value_1m
      WHERE portfolio = ? AND minute BETWEEN ? AND ? GROUP BY minute / CAST(? AS INTEGER) ORDER BY minute`,
    portfolio,
    span.from,
    span.to,
    partMs(span),
  );
  return rows.map((row) => valuePoint(row, currency));
}

/** What happened to a portfolio, newest first; empty when it is not shared. */
export function readTimeline(
  sql: Statements,
  env: number,
  slug: string,
  limit: number,
  cursor: string | null,
): Page<TimelineEntry> {
  const [at, id] = readCursor('timeline', cursor, 2) ?? [Number.MAX_SAFE_INTEGER, 0];
  const portfolio = portfolioId(sql, env, slug) ?? 0;
  const rows = sql.rows<TimelineRow>(
    `SELECT at, id, change, holding_count AS holdingCount, added, removed FROM timeline
      WHERE portfolio = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`,
    portfolio,
    at ?? 0,
    id ?? 0,
    limit + 1,
  );
  return pageOf(rows, limit, timelineEntry, (row) => makeCursor('timeline', [row.at, row.id]));
}

interface TimelineRow {
  at: number;
  id: number;
  change: TimelineEntry['change'];
  holdingCount: number;
  added: string;
  removed: string;
}

function timelineEntry(row: TimelineRow): TimelineEntry {
  return {
    at: toTimestamp(row.at),
    change: row.change,
    holding_count: row.holdingCount,
    added: JSON.parse(row.added) as string[],
    removed: JSON.parse(row.removed) as string[],
  };
}

function valuePoint(row: ValueRow, currency: string): ValuePoint {
  return {
    at: toTimestamp(row.minute),
    value: toMoney(row.value, currency),
    cost: toMoney(row.cost, currency),
  };
}

/** How much time a point stands for: a minute, or as many as keep the points within their limit. */
function partMs({ from, to }: Span): number {
  const minutes = Math.max(1, Math.ceil((to - from) / MINUTE_MS / MOST_POINTS));
  return minutes * MINUTE_MS;
}
