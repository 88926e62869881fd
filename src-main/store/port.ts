import type { PortfolioCheckpoint, PortfolioState } from '../../src-contract/checkpoint.ts';
import type {
  Committed,
  EventBatch,
  StoredBatch,
  StreamIdentity,
  StreamRecord,
} from '../../src-contract/journal.ts';
import type {
  InvoiceCheckpoint,
  InvoiceCheckpointed,
  InvoiceDetailRow,
  InvoiceQuery,
  InvoiceReset,
  InvoiceRow,
  InvoiceRunRecord,
  InvoiceStateRecord,
  CurrencySums,
} from '../../src-contract/invoice-store.ts';
import type { Page } from '../../src-contract/paging.ts';
import type {
  BreakerTransitionRecord,
  CandleLevelName,
  SourcedCandle,
  TickerCheckpoint,
  TickerState,
  WatchlistRecord,
} from '../../src-contract/ticker-checkpoint.ts';
import type { ActivityCheckpoint, ActivityDays, ActivityState } from '../../src-contract/activity-store.ts';
import type {
  AnalyticsCheckpoint,
  AnalyticsState,
  RollupLevelName,
  RollupQuery,
  RollupRecord,
} from '../../src-contract/analytics-store.ts';
import type { BreakerSpan, BreakerTransition } from '../../src-contract/polling.ts';
import type { CommunityPoint, TimelineEntry, ValuePoint } from '../../src-contract/portfolio.ts';
import type { AuditEntry, Ledger, Reject } from '../../src-contract/system.ts';

/** How much of the log is in the file: less than all of it while readers look at older states; -1 of -1 while the writer folds. */
export interface Folded {
  /** Pages in the log. */
  pages: number;
  /** Those that are in the file as well. */
  folded: number;
}

/** What folds the log into the file while the writer goes on; it changes nothing that is stored. */
export interface FoldPort {
  /** Copies into the file what the log holds by now, without waiting for anybody. Throws a StoreFailure. */
  fold(): Folded;
}

/** The counters of one source that outlive the process; received is their sum. */
export type StoredLedger = Omit<Ledger, 'received' | 'waiting'> & {
  env: string;
  source: string;
  other: number;
};

/** Figures of the database file that the System screen shows. */
export interface StoreFigures {
  file: string;
  bytes: number;
  walBytes: number;
  journalRows: number;
  candleRows: Record<CandleLevelName, number>;
  oldestEventAt: number | null;
  synchronous: string;
  schemaVersion: number;
}

/** Limits by which raw events age out, below the checkpoint only. */
export interface RetentionLimits {
  maxAgeMs: number;
  maxBytes: number;
}

/** Limits of one level of candles; the oldest go first. `maxBytes` counts what its rows take in the file. */
export interface CandleLimits {
  level: CandleLevelName;
  maxAgeMs: number;
  maxBytes: number;
}

/**
 * Limits of one level of event rollups; the oldest go first. Activity's quarters follow '15m'; users of days follow '1d', and
 * never stay for more than 400 days. Levels without limits stay for good.
 */
export interface RollupLimits {
  level: RollupLevelName;
  maxAgeMs: number;
}

/** How long the names that callers gave their events are remembered, per environment and family. */
export interface IdWindow {
  maxAgeMs: number;
  maxIds: number;
}

/** Which rejects a list wants; null: any. `words` are looked for in reason and payload, as they stand. */
export interface RejectFilter {
  subject: string | null;
  source: string | null;
  words: string | null;
  state: 'open' | 'redriven' | 'all';
}

/** A reject with all that is kept of its body, as redriving reads it. */
export interface StoredReject extends Reject {
  body: Uint8Array;
}

/** Which candles a query wants; times are UTC milliseconds, `to` is not included. */
export interface CandleQuery {
  env: string;
  symbol: string;
  level: CandleLevelName;
  from: number;
  to: number;
  /** The newest this many of them. */
  limit: number;
  /** Of these sources alone; of every interval the first that has it is taken. */
  sources: readonly string[];
  /** Only prices in it. */
  currency: string;
  /** The base currency: that of prices that name none. */
  base: string;
}

/**
 * The one write connection. Plain synchronous functions inside the writer thread; outside, the same names return promises
 * ({@link Remote}). Times are UTC milliseconds and given by the caller: the writer decides nothing.
 */
export interface WriterPort {
  /** Stores a batch's rows, rejects, counters and offset in one transaction. */
  commit(batch: EventBatch): Committed;
  /** Stores a projection's changes and its position in one transaction. */
  checkpoint(checkpoint: PortfolioCheckpoint): void;
  /** Merges candles into the stored ones and stores the ticker projection's position in one transaction. */
  tickerCheckpoint(checkpoint: TickerCheckpoint): void;
  /** Puts these watchlists in the place of an environment's. */
  saveWatchlists(env: string, lists: readonly WatchlistRecord[]): void;
  /** Keeps a change of the breaker's state, of which the newest 10,000 stay; answers its id. */
  breakerTransition(env: string, transition: BreakerTransitionRecord): number;
  /** Merges invoices into the stored ones, moves what is to be shown, and stores the position in one transaction. */
  invoiceCheckpoint(checkpoint: InvoiceCheckpoint): InvoiceCheckpointed;
  /** Adds or replaces a run's record; its counts stay. */
  saveInvoiceRun(env: string, run: InvoiceRunRecord): void;
  /** Takes a generation out of view and puts another into its place. Throws a RangeError when `from` is not in view. */
  resetInvoices(env: string, reset: InvoiceReset): void;
  /** Takes the newest reset back. Throws a RangeError when there is none, or its generation has a run since. */
  undoInvoiceReset(env: string): void;
  /** Deletes one slice of invoices that were reset before a moment; answers how many rows went (0: done). */
  purgeInvoices(env: string, resetBefore: number, maxRows: number): number;
  /** Merges event rollups into the stored ones and stores the analytics projection's position in one transaction. */
  analyticsCheckpoint(checkpoint: AnalyticsCheckpoint): void;
  /** Merges activity into the stored counts and stores the activity projection's position in one transaction. */
  activityCheckpoint(checkpoint: ActivityCheckpoint): void;
  /** Counts one refused attempt for each of these rejects. */
  rejectsAttempted(env: string, ids: readonly number[]): void;
  /** Deletes one slice of rollups past their level's limit; answers how many rows went (0: done). */
  retainRollups(limits: readonly RollupLimits[], now: number, maxRows: number): number;
  /** Forgets one slice of callers' names past the window; answers how many went (0: done). */
  forgetIds(window: IdWindow, now: number, maxRows: number): number;
  /** Deletes one slice of candles that are past their level's limits; answers how many rows went (0: done). */
  retainCandles(limits: readonly CandleLimits[], now: number, maxRows: number): number;
  /** Finds or adds the incarnation; closes another active one of the same environment, source and name. */
  openStream(stream: StreamIdentity, now: number): StreamRecord;
  /** Records messages that the server dropped before they were read, and moves the offset behind them. */
  recordGap(
    incarnation: number,
    gap: { firstSeq: number; lastSeq: number; reason: string },
    now: number,
  ): void;
  /** Moves a stream's offset behind messages that came another way and are stored already. */
  passOver(incarnation: number, lastSeq: number): void;
  /** Adds to the audit list, which keeps its newest 10,000 entries. */
  audit(entry: Omit<AuditEntry, 'id' | 'at'>, now: number): void;
  /** Redacts one slice of what opt-outs asked for; answers how many rows are left (0: done). */
  redact(maxRows: number): number;
  /** Deletes one slice of what has aged out; answers how many rows went (0: done). */
  retain(limits: RetentionLimits, now: number, maxRows: number): number;
  /** Gives the log back to the database file as far as readers allow; called while idle. */
  settle(): void;
  /** The instance id kept in this database, made on first start. */
  instanceId(candidate: string): string;
}

/** A read-only connection. */
export interface ReaderPort {
  environments(): string[];
  streams(env: string): StreamRecord[];
  ledgers(env: string): StoredLedger[];
  unknownSubjects(env: string, limit: number): { subject: string; count: number }[];
  figures(): StoreFigures;
  portfolioState(env: string): PortfolioState;
  /** The journal after a batch in commit order, about `maxRows` at a time; whole batches; empty at the end. */
  replay(env: string, afterBatch: number, maxRows: number): StoredBatch[];
  /** State for the ticker projection; sparks of these symbols since `sparksFrom`. */
  tickerState(env: string, sparksFrom: number): TickerState;
  /** Oldest first; `earlier` tells whether there are candles before the first. */
  candles(query: CandleQuery): { items: SourcedCandle[]; earlier: boolean };
  watchlists(env: string): WatchlistRecord[];
  /** The newest transitions, newest first. */
  breakerTransitions(env: string, limit: number): BreakerTransition[];
  /** The times the breaker was not closed that touch the period, oldest first, the newest `limit`. */
  breakerSpans(env: string, from: number, to: number, limit: number): BreakerSpan[];
  invoiceState(env: string): InvoiceStateRecord;
  /**
   * One slice, at most about 40 ms, of what filters, totals and jumps need in memory of an environment, which otherwise the
   * first of them makes. Answers how much is done, from 0 to 1; asked again later it takes in what came since.
   */
  warmInvoices(env: string): number;
  /** Rows from an offset, for sorts that an index serves; throws a RangeError for others. */
  invoiceRows(query: InvoiceQuery, offset: number, limit: number): InvoiceRow[];
  /** A page by key set, for the same sorts; throws a CursorError for a cursor of another list. */
  invoicePage(query: InvoiceQuery, limit: number, cursor: string | null): Page<InvoiceRow>;
  /** Sums of what the filter keeps above the id `after`; per currency, by its code. */
  invoiceTotals(query: Omit<InvoiceQuery, 'sort'>, after: number): { sums: CurrencySums[]; newest: number };
  invoiceDetail(env: string, generation: number, id: number): InvoiceDetailRow | null;
  invoiceCompanies(env: string, generation: number, words: string, limit: number): string[];
  /** Of these numbers those that are taken in the environment, hidden ones included. */
  invoicesByNumber(env: string, numbers: readonly string[]): (InvoiceRow & { hidden: boolean })[];
  /** Begins to sort a set by any columns; the order is kept by this connection until dropped. Throws a RangeError when four are kept. */
  beginInvoiceOrder(query: InvoiceQuery): string;
  /** Works at most about 50 ms on it; `rows` counts those that are sorted, `progress` is 0 to 1. Throws a RangeError when it is not known or has over 2,000,000 rows. */
  stepInvoiceOrder(order: string): { ready: boolean; progress: number; rows: number };
  invoiceOrderRows(order: string, offset: number, limit: number): InvoiceRow[];
  dropInvoiceOrder(order: string): void;
  communityHistory(env: string, from: number, to: number, currency: string): CommunityPoint[];
  portfolioHistory(env: string, slug: string, from: number, to: number, currency: string): ValuePoint[];
  timeline(env: string, slug: string, limit: number, cursor: string | null): Page<TimelineEntry>;
  /** What the analytics projection starts from at this time, UTC milliseconds. */
  analyticsState(env: string, now: number): AnalyticsState;
  /** At most `limit` buckets of a level that have events, the newest of the period, oldest first. */
  rollups(query: RollupQuery, limit: number): RollupRecord[];
  activityState(env: string, usersFromDay: number): ActivityState;
  /** Activity of UTC days from `fromDay` until `toDay` (not included), and the `users` most active users, by name where equal. */
  activityDays(env: string, fromDay: number, toDay: number, users: number): ActivityDays;
  /** Quarters of an hour with activity, oldest first, at most 9,000. */
  activityQuarters(env: string, from: number, to: number): { start: number; events: number }[];
  rejects(env: string, filter: RejectFilter, limit: number, cursor: string | null): Page<Reject>;
  /** Of these rejects those that are kept, by id. */
  rejectsById(env: string, ids: readonly number[]): StoredReject[];
  audit(limit: number, cursor: string | null): Page<AuditEntry>;
}

/** A port as it is seen from another thread: every function returns a promise. */
export type Remote<P> = {
  [K in keyof P]: P[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never;
};
