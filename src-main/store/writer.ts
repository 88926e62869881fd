import { statSync } from 'node:fs';
import type { ActivityCheckpoint } from '../../src-contract/activity-store.ts';
import type { AnalyticsCheckpoint } from '../../src-contract/analytics-store.ts';
import type { PortfolioCheckpoint } from '../../src-contract/checkpoint.ts';
import type { Committed, EventBatch, StreamIdentity, StreamRecord } from '../../src-contract/journal.ts';
import type {
  InvoiceCheckpoint,
  InvoiceCheckpointed,
  InvoiceReset,
  InvoiceRunRecord,
} from '../../src-contract/invoice-store.ts';
import type { AuditEntry } from '../../src-contract/system.ts';
import type {
  BreakerTransitionRecord,
  TickerCheckpoint,
  WatchlistRecord,
} from '../../src-contract/ticker-checkpoint.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { writeActivityCheckpoint } from './activity-writes.ts';
import { writeAnalyticsCheckpoint } from './analytics-writes.ts';
import { addAudit } from './audit-table.ts';
import { BatchCommit } from './batch-commit.ts';
import { addTransition } from './breaker-table.ts';
import { CandleRetention } from './candle-retention.ts';
import { writeTickerCheckpoint } from './candle-writes.ts';
import { writeCheckpoint } from './checkpoint-writes.ts';
import { assertFullSync, type Connection, foldLog, inTransaction, WAL_LIMIT_BYTES } from './database.ts';
import { environmentId } from './environment-table.ts';
import { forgetNames } from './event-name-table.ts';
import { InvoicePurge } from './invoice-purge.ts';
import { resetInvoices, undoInvoiceReset } from './invoice-reset.ts';
import { saveInvoiceRun } from './invoice-run-table.ts';
import { invoicesIn, writeInvoiceCheckpoint } from './invoice-writes.ts';
import type { CandleLimits, IdWindow, RetentionLimits, RollupLimits, WriterPort } from './port.ts';
import { countAttempts } from './redriven-rejects.ts';
import { Redaction } from './redaction.ts';
import type { ReserveFile } from './reserve-file.ts';
import { Retention } from './retention.ts';
import { RollupRetention } from './rollup-retention.ts';
import { SlowCalls } from './slow-calls.ts';
import { sqliteFailure } from './sqlite-failure.ts';
import { Statements } from './statements.ts';
import { StoreFailure } from './store-failure.ts';
import { openStream, passOver, recordGap } from './stream-table.ts';
import { replaceWatchlists } from './watchlist-table.ts';

/** The log is folded, and its size looked at, each time about this much was committed. */
const LOOK_EVERY_BYTES = 2 * 1024 * 1024;

/** What a row takes beside its body, roughly. */
const ROW_BYTES = 40;

/** What the name of an event writes into the log: a page of its index, unless names rise. */
const NAME_BYTES = 4_096;

/** What a rollup writes into the log, with the bucket of all types. */
const ROLLUP_BYTES = 120;

/** What an invoice writes into the log until it is shown, roughly: pages of several indexes. */
const INVOICE_BYTES = 8_000;

/** What a {@link Writer} needs; everything outside of it is given. */
export interface WriterOptions {
  /** A migrated write connection; the writer closes it. */
  db: Connection;
  reserve: ReserveFile;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
  /** The log grew by some MiB: it is time to fold it, elsewhere. Without it the commits do that. */
  grown?: (() => void) | undefined;
}

/**
 * The one write connection. Every function is a transaction of its own, or several for slices; it throws a
 * StoreFailure when the disk or the file does not let it, and then nothing of the call took effect.
 */
export class Writer implements WriterPort {
  readonly #db: Connection;
  readonly #sql: Statements;
  readonly #reserve: ReserveFile;
  readonly #slow: SlowCalls;
  readonly #commit: (batch: EventBatch) => Committed;
  readonly #redaction: Redaction;
  readonly #retention: Retention;
  readonly #candleRetention: CandleRetention;
  readonly #rollupRetention: RollupRetention;
  readonly #invoicePurge: InvoicePurge;
  readonly #monotonic: () => number;
  readonly #grown: (() => void) | undefined;
  #proved = false;
  #written = 0;

  constructor({ db, reserve, clock, log, grown }: WriterOptions) {
    const monotonic = (): number => clock.monotonic();
    this.#db = db;
    this.#monotonic = monotonic;
    this.#grown = grown;
    this.#sql = new Statements(db);
    this.#reserve = reserve;
    this.#slow = new SlowCalls(monotonic, log);
    const commits = new BatchCommit(this.#sql);
    const inOne = db.transaction((batch: EventBatch) => commits.commit(batch));
    this.#commit = (batch) => inOne.immediate(batch);
    this.#redaction = new Redaction(this.#sql, monotonic);
    this.#retention = new Retention(this.#sql, monotonic);
    this.#candleRetention = new CandleRetention(this.#sql, monotonic);
    this.#rollupRetention = new RollupRetention(this.#sql, monotonic);
    this.#invoicePurge = new InvoicePurge(this.#sql, monotonic);
  }

  commit(batch: EventBatch): Committed {
    // Before, not after: what throws here must not let a stored batch look refused.
    this.#boundLog();
    const committed = this.#run('commit', () => this.#commit(batch));
    this.#written += batch.bodies.byteLength + batch.count * ROW_BYTES;
    if (batch.ids !== null) this.#written += batch.ids.length * NAME_BYTES;
    return committed;
  }

  checkpoint(checkpoint: PortfolioCheckpoint): void {
    this.#book('checkpoint', () => writeCheckpoint(this.#sql, checkpoint));
  }

  tickerCheckpoint(checkpoint: TickerCheckpoint): void {
    this.#book('tickerCheckpoint', () => writeTickerCheckpoint(this.#sql, checkpoint));
    this.#written += checkpoint.candles.count * ROW_BYTES;
    this.#boundLog();
  }

  saveWatchlists(env: string, lists: readonly WatchlistRecord[]): void {
    this.#book('saveWatchlists', () => replaceWatchlists(this.#sql, env, lists));
  }

  breakerTransition(env: string, transition: BreakerTransitionRecord): number {
    return this.#book('breakerTransition', () => addTransition(this.#sql, env, transition));
  }

  invoiceCheckpoint(checkpoint: InvoiceCheckpoint): InvoiceCheckpointed {
    // Before, as for a commit: one that is stored and looks refused would be written again, and show twice.
    this.#boundLog();
    const done = this.#book('invoiceCheckpoint', () => writeInvoiceCheckpoint(this.#sql, checkpoint));
    this.#written += invoicesIn(checkpoint) * INVOICE_BYTES;
    return done;
  }

  saveInvoiceRun(env: string, run: InvoiceRunRecord): void {
    this.#book('saveInvoiceRun', () => saveInvoiceRun(this.#sql, env, run));
  }

  resetInvoices(env: string, reset: InvoiceReset): void {
    this.#book('resetInvoices', () => resetInvoices(this.#sql, env, reset));
  }

  undoInvoiceReset(env: string): void {
    this.#book('undoInvoiceReset', () => undoInvoiceReset(this.#sql, env));
  }

  purgeInvoices(env: string, resetBefore: number, maxRows: number): number {
    return this.#withReserve('purgeInvoices', () => this.#invoicePurge.purge(env, resetBefore, maxRows));
  }

  analyticsCheckpoint(checkpoint: AnalyticsCheckpoint): void {
    this.#book('analyticsCheckpoint', () => writeAnalyticsCheckpoint(this.#sql, checkpoint));
    this.#written += checkpoint.rollups.count * ROLLUP_BYTES;
    this.#boundLog();
  }

  activityCheckpoint(checkpoint: ActivityCheckpoint): void {
    this.#written += this.#book('activityCheckpoint', () => writeActivityCheckpoint(this.#sql, checkpoint));
    this.#boundLog();
  }

  rejectsAttempted(env: string, ids: readonly number[]): void {
    this.#book('rejectsAttempted', () => countAttempts(this.#sql, environmentId(this.#sql, env), ids));
  }

  openStream(stream: StreamIdentity, now: number): StreamRecord {
    return this.#book('openStream', () => openStream(this.#sql, stream, now));
  }

  recordGap(
    incarnation: number,
    gap: { firstSeq: number; lastSeq: number; reason: string },
    now: number,
  ): void {
    this.#book('recordGap', () => recordGap(this.#sql, incarnation, gap, now));
  }

  passOver(incarnation: number, lastSeq: number): void {
    this.#book('passOver', () => passOver(this.#sql, incarnation, lastSeq));
  }

  audit(entry: Omit<AuditEntry, 'id' | 'at'>, now: number): void {
    this.#book('audit', () => addAudit(this.#sql, entry, now));
  }

  redact(maxRows: number): number {
    return this.#withReserve('redact', () => this.#redaction.redact(maxRows));
  }

  retain(limits: RetentionLimits, now: number, maxRows: number): number {
    return this.#withReserve('retain', () => this.#retention.retain(limits, now, maxRows));
  }

  retainCandles(limits: readonly CandleLimits[], now: number, maxRows: number): number {
    return this.#withReserve('retainCandles', () => this.#candleRetention.retain(limits, now, maxRows));
  }

  retainRollups(limits: readonly RollupLimits[], now: number, maxRows: number): number {
    return this.#withReserve('retainRollups', () => this.#rollupRetention.retain(limits, now, maxRows));
  }

  forgetIds(window: IdWindow, now: number, maxRows: number): number {
    return this.#withReserve('forgetIds', () =>
      forgetNames(this.#sql, window, now, maxRows, this.#monotonic),
    );
  }

  settle(): void {
    this.#run('settle', () => {
      foldLog(this.#db);
      this.#reserve.ensure();
    });
  }

  instanceId(candidate: string): string {
    return this.#book('instanceId', () => {
      this.#sql.run('INSERT INTO instance (only, id) VALUES (1, ?) ON CONFLICT DO NOTHING', candidate);
      return this.#sql.row<{ id: string }>('SELECT id FROM instance')?.id ?? candidate;
    });
  }

  /** Folds the log into the file and closes it; every later call throws a StoreFailure. */
  close(): void {
    if (!this.#db.open) return;
    try {
      foldLog(this.#db);
    } finally {
      this.#db.close();
    }
  }

  /** Bookkeeping: one transaction, for which the reserve is given up when the disk is full. */
  #book<T>(name: string, work: () => T): T {
    return this.#withReserve(name, () => inTransaction(this.#db, work));
  }

  #withReserve<T>(name: string, work: () => T): T {
    return this.#run(name, () => {
      try {
        return work();
      } catch (error) {
        const failure = sqliteFailure(error);
        if (!(failure instanceof StoreFailure) || failure.code !== 'disk_full') throw error;
        if (!this.#reserve.release()) throw error;
        return work();
      }
    });
  }

  #run<T>(name: string, work: () => T): T {
    if (!this.#db.open) throw new StoreFailure('closed', 'the store is closed');
    try {
      const result = this.#slow.time(name, work);
      this.#prove();
      return result;
    } catch (error) {
      throw sqliteFailure(error);
    }
  }

  /** After the first write, because that is when SQLite may have fallen back. */
  #prove(): void {
    if (this.#proved) return;
    assertFullSync(this.#db);
    this.#proved = true;
  }

  /** Readers can keep the log from being folded in; at its limit a write waits for them. */
  #boundLog(): void {
    if (this.#written < LOOK_EVERY_BYTES) return;
    this.#written = 0;
    this.#grown?.();
    const bytes = statSync(`${this.#db.name}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes < WAL_LIMIT_BYTES) return;
    this.#run('fold the log', () => this.#db.pragma('wal_checkpoint(TRUNCATE)'));
  }
}
