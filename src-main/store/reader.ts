import type { ActivityDays, ActivityState } from '../../src-contract/activity-store.ts';
import type { AnalyticsState, RollupQuery, RollupRecord } from '../../src-contract/analytics-store.ts';
import type { PortfolioState } from '../../src-contract/checkpoint.ts';
import type {
  CurrencySums,
  InvoiceDetailRow,
  InvoiceQuery,
  InvoiceRow,
  InvoiceStateRecord,
} from '../../src-contract/invoice-store.ts';
import type { StoredBatch, StreamRecord } from '../../src-contract/journal.ts';
import type { Page } from '../../src-contract/paging.ts';
import type { BreakerSpan, BreakerTransition } from '../../src-contract/polling.ts';
import type { CommunityPoint, TimelineEntry, ValuePoint } from '../../src-contract/portfolio.ts';
import type { AuditEntry, Reject } from '../../src-contract/system.ts';
import type { SourcedCandle, TickerState, WatchlistRecord } from '../../src-contract/ticker-checkpoint.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { readActivityDays, readActivityQuarters, readActivityState } from './activity-reads.ts';
import { readAnalyticsState } from './analytics-state.ts';
import { readSpans, readTransitions } from './breaker-table.ts';
import { readCandles } from './candle-reads.ts';
import type { Connection } from './database.ts';
import { findEnvironment } from './environment-table.ts';
import { readFigures } from './figures.ts';
import { readCommunityHistory, readPortfolioHistory, readTimeline } from './history-reads.ts';
import { InvoiceOrders } from './invoice-orders.ts';
import { InvoiceCompanies } from './invoice-companies.ts';
import { InvoiceLists } from './invoice-lists.ts';
import { InvoiceMirrors, MOST_MIRRORED, warmMirrors } from './invoice-mirrors.ts';
import { readInvoiceDetail, readInvoicesByNumber } from './invoice-reads.ts';
import { InvoiceTotalReads } from './invoice-totals.ts';
import { readInvoiceState } from './invoice-state.ts';
import { readLedgers } from './ledger-reads.ts';
import { readAudit } from './list-reads.ts';
import type {
  CandleQuery,
  ReaderPort,
  RejectFilter,
  StoredLedger,
  StoredReject,
  StoreFigures,
} from './port.ts';
import { readPortfolioState } from './portfolio-state.ts';
import { readRejects, readRejectsById } from './reject-reads.ts';
import { replayBatches } from './replay.ts';
import { readRollups } from './rollup-reads.ts';
import { SlowCalls } from './slow-calls.ts';
import { sqliteFailure } from './sqlite-failure.ts';
import { Statements } from './statements.ts';
import { StoreFailure } from './store-failure.ts';
import { streamRecords } from './stream-table.ts';
import { readTickerState } from './ticker-state.ts';
import { readUnknownSubjects } from './unknown-subject-table.ts';
import { readWatchlists } from './watchlist-table.ts';

/**
 * A read-only connection. Every function reads one snapshot and lets go of it, so that the log can be folded in; an
 * environment that nothing was stored in reads as empty.
 */
export class Reader implements ReaderPort {
  readonly #db: Connection;
  readonly #sql: Statements;
  readonly #slow: SlowCalls;
  readonly #warm: (env: number) => number;
  readonly #lists: InvoiceLists;
  readonly #totals: InvoiceTotalReads;
  readonly #companies: InvoiceCompanies;
  readonly #orders: InvoiceOrders;

  /**
   * @param db a connection from `openForReading`; the reader closes it
   * @param mostMirrored the most invoices of an environment that are kept in memory for filters
   */
  constructor(db: Connection, clock: Pick<Clock, 'monotonic'>, log: Log, mostMirrored = MOST_MIRRORED) {
    this.#db = db;
    this.#sql = new Statements(db);
    this.#slow = new SlowCalls(() => clock.monotonic(), log);
    const mirrors = new InvoiceMirrors(this.#sql, mostMirrored);
    const monotonic = () => clock.monotonic();
    this.#warm = (env) => warmMirrors(mirrors, env, monotonic);
    this.#lists = new InvoiceLists(this.#sql, mirrors);
    this.#totals = new InvoiceTotalReads(this.#sql, mirrors);
    this.#companies = new InvoiceCompanies(this.#sql, mirrors);
    this.#orders = new InvoiceOrders(this.#sql, mirrors, monotonic);
  }

  environments(): string[] {
    return this.#run('environments', () =>
      this.#sql.rows<{ name: string }>('SELECT name FROM environment ORDER BY name').map((row) => row.name),
    );
  }

  streams(env: string): StreamRecord[] {
    return this.#inEnvironment('streams', env, [], (id) => streamRecords(this.#sql, id));
  }

  ledgers(env: string): StoredLedger[] {
    return this.#inEnvironment('ledgers', env, [], (id) => readLedgers(this.#sql, id, env));
  }

  unknownSubjects(env: string, limit: number): { subject: string; count: number }[] {
    return this.#inEnvironment('unknownSubjects', env, [], (id) => readUnknownSubjects(this.#sql, id, limit));
  }

  figures(): StoreFigures {
    return this.#run('figures', () => readFigures(this.#sql));
  }

  portfolioState(env: string): PortfolioState {
    return this.#state('portfolioState', env, (id) => readPortfolioState(this.#sql, id));
  }

  replay(env: string, afterBatch: number, maxRows: number): StoredBatch[] {
    return this.#inEnvironment('replay', env, [], (id) => replayBatches(this.#sql, id, afterBatch, maxRows));
  }

  tickerState(env: string, sparksFrom: number): TickerState {
    return this.#state('tickerState', env, (id) => readTickerState(this.#sql, id, sparksFrom));
  }

  candles(query: CandleQuery): { items: SourcedCandle[]; earlier: boolean } {
    const none = { items: [], earlier: false };
    return this.#inEnvironment('candles', query.env, none, (id) => readCandles(this.#sql, id, query));
  }

  watchlists(env: string): WatchlistRecord[] {
    return this.#inEnvironment('watchlists', env, [], (id) => readWatchlists(this.#sql, id));
  }

  breakerTransitions(env: string, limit: number): BreakerTransition[] {
    return this.#inEnvironment('breakerTransitions', env, [], (id) => readTransitions(this.#sql, id, limit));
  }

  breakerSpans(env: string, from: number, to: number, limit: number): BreakerSpan[] {
    return this.#inEnvironment('breakerSpans', env, [], (id) =>
      readSpans(this.#sql, id, { from, to }, limit),
    );
  }

  invoiceState(env: string): InvoiceStateRecord {
    return this.#state('invoiceState', env, (id) => readInvoiceState(this.#sql, id));
  }

  warmInvoices(env: string): number {
    return this.#inEnvironment('warmInvoices', env, 1, this.#warm);
  }

  invoiceRows(query: InvoiceQuery, offset: number, limit: number): InvoiceRow[] {
    return this.#inEnvironment('invoiceRows', query.env, [], (id) =>
      this.#lists.rows(id, query, offset, limit),
    );
  }

  invoicePage(query: InvoiceQuery, limit: number, cursor: string | null): Page<InvoiceRow> {
    return this.#inEnvironment('invoicePage', query.env, emptyPage(), (id) =>
      this.#lists.page(id, query, limit, cursor),
    );
  }

  invoiceTotals(query: Omit<InvoiceQuery, 'sort'>, after: number): { sums: CurrencySums[]; newest: number } {
    return this.#inEnvironment('invoiceTotals', query.env, { sums: [], newest: 0 }, (id) =>
      this.#totals.read(id, query, after),
    );
  }

  invoiceDetail(env: string, generation: number, id: number): InvoiceDetailRow | null {
    return this.#inEnvironment('invoiceDetail', env, null, (environment) =>
      readInvoiceDetail(this.#sql, environment, generation, id),
    );
  }

  invoiceCompanies(env: string, generation: number, words: string, limit: number): string[] {
    return this.#inEnvironment('invoiceCompanies', env, [], (id) =>
      this.#companies.read(id, generation, words, limit),
    );
  }

  invoicesByNumber(env: string, numbers: readonly string[]): (InvoiceRow & { hidden: boolean })[] {
    return this.#inEnvironment('invoicesByNumber', env, [], (id) =>
      readInvoicesByNumber(this.#sql, id, numbers),
    );
  }

  beginInvoiceOrder(query: InvoiceQuery): string {
    return this.#run('beginInvoiceOrder', () =>
      this.#orders.begin(findEnvironment(this.#sql, query.env), query),
    );
  }

  stepInvoiceOrder(order: string): { ready: boolean; progress: number; rows: number } {
    return this.#run('stepInvoiceOrder', () => this.#orders.step(order));
  }

  invoiceOrderRows(order: string, offset: number, limit: number): InvoiceRow[] {
    return this.#run('invoiceOrderRows', () => this.#orders.rows(order, offset, limit));
  }

  dropInvoiceOrder(order: string): void {
    this.#run('dropInvoiceOrder', () => this.#orders.drop(order));
  }

  communityHistory(env: string, from: number, to: number, currency: string): CommunityPoint[] {
    return this.#inEnvironment('communityHistory', env, [], (id) =>
      readCommunityHistory(this.#sql, id, { from, to }, currency),
    );
  }

  portfolioHistory(env: string, slug: string, from: number, to: number, currency: string): ValuePoint[] {
    return this.#inEnvironment('portfolioHistory', env, [], (id) =>
      readPortfolioHistory(this.#sql, id, slug, { from, to }, currency),
    );
  }

  timeline(env: string, slug: string, limit: number, cursor: string | null): Page<TimelineEntry> {
    return this.#inEnvironment('timeline', env, emptyPage(), (id) =>
      readTimeline(this.#sql, id, slug, limit, cursor),
    );
  }

  analyticsState(env: string, now: number): AnalyticsState {
    return this.#state('analyticsState', env, (id) => readAnalyticsState(this.#sql, id, now));
  }

  rollups(query: RollupQuery, limit: number): RollupRecord[] {
    return this.#inEnvironment('rollups', query.env, [], (id) => readRollups(this.#sql, id, query, limit));
  }

  activityState(env: string, usersFromDay: number): ActivityState {
    return this.#state('activityState', env, (id) => readActivityState(this.#sql, id, usersFromDay));
  }

  activityDays(env: string, fromDay: number, toDay: number, users: number): ActivityDays {
    return this.#inEnvironment('activityDays', env, { days: [], users: [] }, (id) =>
      readActivityDays(this.#sql, id, { fromDay, toDay }, users),
    );
  }

  activityQuarters(env: string, from: number, to: number): { start: number; events: number }[] {
    return this.#inEnvironment('activityQuarters', env, [], (id) =>
      readActivityQuarters(this.#sql, id, from, to),
    );
  }

  rejects(env: string, filter: RejectFilter, limit: number, cursor: string | null): Page<Reject> {
    return this.#inEnvironment('rejects', env, emptyPage(), (id) =>
      readRejects(this.#sql, { id, name: env }, filter, limit, cursor),
    );
  }

  rejectsById(env: string, ids: readonly number[]): StoredReject[] {
    return this.#inEnvironment('rejectsById', env, [], (id) =>
      readRejectsById(this.#sql, { id, name: env }, ids),
    );
  }

  audit(limit: number, cursor: string | null): Page<AuditEntry> {
    return this.#run('audit', () => readAudit(this.#sql, limit, cursor));
  }

  /** Closes the connection; every later call throws a StoreFailure. */
  close(): void {
    this.#db.close();
  }

  /** As the next one, for what has a state even where nothing was stored. */
  #state<T>(name: string, env: string, read: (id: number | undefined) => T): T {
    return this.#run(name, () => read(findEnvironment(this.#sql, env)));
  }

  #inEnvironment<T>(name: string, env: string, empty: T, read: (id: number) => T): T {
    return this.#run(name, () => {
      const id = findEnvironment(this.#sql, env);
      return id === undefined ? empty : read(id);
    });
  }

  #run<T>(name: string, read: () => T): T {
    if (!this.#db.open) throw new StoreFailure('closed', 'the store is closed');
    try {
      // One transaction, so that several statements see the same snapshot.
      return this.#slow.time(name, () => this.#db.transaction(read).deferred());
    } catch (error) {
      throw sqliteFailure(error);
    }
  }
}

function emptyPage<T>(): Page<T> {
  return { items: [], next_cursor: null };
}
