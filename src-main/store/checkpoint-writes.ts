import type {
  CommunityEventRecord,
  CommunityRecord,
  PortfolioCheckpoint,
  QuoteRecord,
  TimelineRecord,
  ValueRecord,
} from '../../src-contract/checkpoint.ts';
import { environmentId } from './environment-table.ts';
import { forget } from './forget.ts';
import { moveCheckpoint } from './checkpoint-table.ts';
import { portfolioId, savePortfolio } from './portfolio-table.ts';
import type { Statements } from './statements.ts';

/** Entries of a timeline kept per portfolio, and public opt-ins and opt-outs per environment: the newest. */
const TIMELINE_KEPT = 1_000;
const COMMUNITY_EVENTS_KEPT = 200;
/** Events about portfolios that are not shared are kept apart, so that they never push the others out. */
const IGNORED_EVENTS_KEPT = 50;

/**
 * Stores what the portfolio projection changed and how far it has read. Called inside a transaction. Values and
 * timeline entries of a slug that is not shared are left out: nothing is kept about it. Throws a RangeError for a
 * checkpoint that lies before the stored one.
 */
export function writeCheckpoint(sql: Statements, checkpoint: PortfolioCheckpoint): void {
  const env = environmentId(sql, checkpoint.env);
  moveCheckpoint(sql, env, 'portfolios', checkpoint.batch);
  for (const record of checkpoint.forgets) forget(sql, env, record);
  for (const record of checkpoint.portfolios) savePortfolio(sql, env, record);
  for (const record of checkpoint.quotes) saveQuote(sql, env, record);
  for (const record of checkpoint.values) saveValue(sql, env, record);
  for (const record of checkpoint.community) saveCommunity(sql, env, record);
  for (const record of checkpoint.timeline) saveTimeline(sql, env, record);
  for (const record of checkpoint.communityEvents) saveCommunityEvent(sql, env, record);
  trimTimelines(sql, env, checkpoint.timeline);
  if (checkpoint.communityEvents.length > 0) trimCommunityEvents(sql, env);
}

function saveQuote(sql: Statements, env: number, quote: QuoteRecord): void {
  sql.run(
    `INSERT INTO quote (env, source, symbol, currency, price, change_percent, occurred_at, day, day_open,
        day_open_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET currency = excluded.currency, price = excluded.price, change_percent = excluded.change_percent,
        occurred_at = excluded.occurred_at, day = excluded.day, day_open = excluded.day_open,
        day_open_at = excluded.day_open_at`,
    env,
    quote.source,
    quote.symbol,
    quote.currency,
    quote.price,
    quote.changePercent,
    quote.occurredAt,
    quote.day,
    quote.dayOpen,
    quote.dayOpenAt,
  );
}

function saveValue(sql: Statements, env: number, value: ValueRecord): void {
  const portfolio = portfolioId(sql, env, value.slug);
  if (portfolio === undefined) return;
  sql.run(
    `INSERT INTO portfolio_value_1m (portfolio, minute, value, cost) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET value = excluded.value, cost = excluded.cost`,
    portfolio,
    value.minute,
    value.value,
    value.cost,
  );
}

function saveCommunity(sql: Statements, env: number, record: CommunityRecord): void {
  sql.run(
    `INSERT INTO community_value_1m (env, minute, value, cost, portfolio_count) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET value = excluded.value, cost = excluded.cost,
        portfolio_count = excluded.portfolio_count`,
    env,
    record.minute,
    record.value,
    record.cost,
    record.portfolioCount,
  );
}

function saveTimeline(sql: Statements, env: number, entry: TimelineRecord): void {
  const portfolio = portfolioId(sql, env, entry.slug);
  if (portfolio === undefined) return;
  sql.run(
    `INSERT INTO timeline (portfolio, at, id, change, holding_count, added, removed) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET change = excluded.change, holding_count = excluded.holding_count,
        added = excluded.added, removed = excluded.removed`,
    portfolio,
    entry.at,
    entry.id,
    entry.change,
    entry.holdingCount,
    JSON.stringify(entry.added),
    JSON.stringify(entry.removed),
  );
}

function saveCommunityEvent(sql: Statements, env: number, event: CommunityEventRecord): void {
  const portfolio = event.slug === null ? null : (portfolioId(sql, env, event.slug) ?? null);
  sql.run(
    `INSERT INTO community_event (env, at, id, portfolio, change) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET portfolio = excluded.portfolio, change = excluded.change`,
    env,
    event.at,
    event.id,
    portfolio,
    event.change,
  );
}

function trimTimelines(sql: Statements, env: number, changed: readonly TimelineRecord[]): void {
  for (const slug of new Set(changed.map((entry) => entry.slug))) {
    const portfolio = portfolioId(sql, env, slug);
    if (portfolio === undefined) continue;
    sql.run(
      `DELETE FROM timeline WHERE portfolio = ? AND (at, id) IN
        (SELECT at, id FROM timeline WHERE portfolio = ? ORDER BY at DESC, id DESC LIMIT -1 OFFSET ${TIMELINE_KEPT})`,
      portfolio,
      portfolio,
    );
  }
}

function trimCommunityEvents(sql: Statements, env: number): void {
  trimEvents(sql, env, "change <> 'ignored'", COMMUNITY_EVENTS_KEPT);
  trimEvents(sql, env, "change = 'ignored'", IGNORED_EVENTS_KEPT);
}

function trimEvents(sql: Statements, env: number, which: string, kept: number): void {
  sql.run(
    `DELETE FROM community_event WHERE env = ? AND (at, id) IN
      (SELECT at, id FROM community_event WHERE env = ? AND ${which} ORDER BY at DESC, id DESC
        LIMIT -1 OFFSET ${kept})`,
    env,
    env,
  );
}
