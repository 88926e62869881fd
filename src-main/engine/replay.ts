import { EVENT_KINDS } from '../../src-contract/event-kinds.ts';
import type { StoredBatch } from '../../src-contract/journal.ts';
import { storedEvents } from '../pipeline/stored-events.ts';
import type { ActivityProjection } from '../projections/activity/activity-projection.ts';
import type { AnalyticsProjection } from '../projections/analytics/analytics-projection.ts';
import type { InvoiceProjection } from '../projections/invoices/invoice-projection.ts';
import type { PortfolioProjection } from '../projections/portfolios/portfolio-projection.ts';
import type { TickerProjection } from '../projections/tickers/ticker-projection.ts';
import type { Store } from '../store/open-store.ts';
import { makeRoom } from './candle-slice.ts';

/** Journal rows read per step of a replay. */
const REPLAY_ROWS = 5000;
/** Batches after which a replay writes what is to be stored of them: too much to hold for a whole journal. */
const CHECKPOINT_BATCHES = 200;

/** Kinds of events whose projections may be younger than the journal. */
const YOUNG_KINDS: ReadonlySet<number> = new Set([
  EVENT_KINDS['invoice.issued'],
  EVENT_KINDS['activity.recorded'],
  EVENT_KINDS['analytics.event'],
]);

/** What a replay brings up to date. Each projection has its own position; a young one is behind. */
export interface Replayed {
  projection: PortfolioProjection;
  tickers: TickerProjection;
  invoices: InvoiceProjection;
  activity: ActivityProjection;
  analytics: AnalyticsProjection;
}

/**
 * Applies the journal to projections that were loaded from their checkpoints, to each what comes after its own, in one
 * pass. `now`: when invoices that have waited in the journal come into view.
 */
export async function replay(store: Store, env: string, now: number, replayed: Replayed): Promise<void> {
  let unwritten = 0;
  for (;;) {
    const after = Math.min(...Object.values(replayed).map(({ batch }: { batch: number }) => batch));
    const batches = await store.jobs.replay(env, after, REPLAY_ROWS);
    if (batches.length === 0) return;
    for (const stored of batches) {
      await makeRoom(store.writer, replayed.tickers, stored.rows.length);
      apply(stored, replayed);
      await writeWhatIsFull(store, now, replayed);
    }
    unwritten += batches.length;
    if (unwritten < CHECKPOINT_BATCHES) continue;
    await writeInvoices(store, now, replayed);
    await writeActivity(store, replayed);
    await writeAnalytics(store, replayed);
    unwritten = 0;
  }
}

function apply(stored: StoredBatch, replayed: Replayed): void {
  const { projection, tickers } = replayed;
  const isOld = stored.batch <= projection.batch && stored.batch <= tickers.batch;
  // Young projections alone are behind: most of what the others know already need not be read for them.
  const events = storedEvents(isOld ? onlyYoung(stored) : stored);
  if (stored.batch > projection.batch) projection.apply(stored.batch, events);
  tickers.apply(stored.batch, events);
  replayed.invoices.apply(stored.batch, events);
  replayed.activity.apply(stored.batch, events);
  replayed.analytics.apply(stored.batch, events);
}

function onlyYoung(stored: StoredBatch): StoredBatch {
  return { ...stored, rows: stored.rows.filter(({ kind }) => YOUNG_KINDS.has(kind)) };
}

async function writeWhatIsFull(store: Store, now: number, replayed: Replayed): Promise<void> {
  if (replayed.invoices.full) await writeInvoices(store, now, replayed);
  if (replayed.activity.full) await writeActivity(store, replayed);
  if (replayed.analytics.full) await writeAnalytics(store, replayed);
}

async function writeInvoices(store: Store, now: number, { invoices }: Replayed): Promise<void> {
  const checkpoint = invoices.takeCheckpoint(now);
  if (checkpoint !== null) invoices.checkpointed(await store.writer.invoiceCheckpoint(checkpoint));
}

async function writeActivity(store: Store, { activity }: Replayed): Promise<void> {
  const checkpoint = activity.takeCheckpoint();
  if (checkpoint !== null) await store.writer.activityCheckpoint(checkpoint);
}

async function writeAnalytics(store: Store, { analytics }: Replayed): Promise<void> {
  const checkpoint = analytics.takeCheckpoint();
  if (checkpoint !== null) await store.writer.analyticsCheckpoint(checkpoint);
}
