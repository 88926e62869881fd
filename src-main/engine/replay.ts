import { EVENT_KINDS } from '../../src-contract/event-kinds.ts';
import type { StoredBatch } from '../../src-contract/journal.ts';
import { storedEvents } from '../pipeline/stored-events.ts';
import type { InvoiceProjection } from '../projections/invoices/invoice-projection.ts';
import type { PortfolioProjection } from '../projections/portfolios/portfolio-projection.ts';
import type { TickerProjection } from '../projections/tickers/ticker-projection.ts';
import type { Store } from '../store/open-store.ts';
import { makeRoom } from './candle-slice.ts';

/** Journal rows read per step of a replay. */
const REPLAY_ROWS = 5000;
/** Batches after which a replay writes what invoices it has collected: too many to hold for a whole journal. */
const CHECKPOINT_BATCHES = 200;

/** What a replay brings up to date. Each projection has its own position; a young one is behind. */
export interface Replayed {
  projection: PortfolioProjection;
  tickers: TickerProjection;
  invoices: InvoiceProjection;
}

/**
 * Applies the journal to projections that were loaded from their checkpoints, to each what comes after its own, in one
 * pass. `now`: when invoices that have waited in the journal come into view.
 */
export async function replay(store: Store, env: string, now: number, replayed: Replayed): Promise<void> {
  const { projection, tickers, invoices } = replayed;
  let unwritten = 0;
  for (;;) {
    const after = Math.min(projection.batch, tickers.batch, invoices.batch);
    const batches = await store.jobs.replay(env, after, REPLAY_ROWS);
    if (batches.length === 0) return;
    for (const stored of batches) {
      await makeRoom(store.writer, tickers, stored.rows.length);
      apply(stored, replayed);
      if (invoices.full) await writeInvoices(store, now, invoices);
    }
    unwritten += batches.length;
    if (unwritten < CHECKPOINT_BATCHES) continue;
    await writeInvoices(store, now, invoices);
    unwritten = 0;
  }
}

function apply(stored: StoredBatch, { projection, tickers, invoices }: Replayed): void {
  const isOld = stored.batch <= projection.batch && stored.batch <= tickers.batch;
  // A young projection alone is behind: most of what the others know already need not be read for it.
  const events = storedEvents(isOld ? onlyInvoices(stored) : stored);
  if (stored.batch > projection.batch) projection.apply(stored.batch, events);
  tickers.apply(stored.batch, events);
  invoices.apply(stored.batch, events);
}

function onlyInvoices(stored: StoredBatch): StoredBatch {
  return { ...stored, rows: stored.rows.filter(({ kind }) => kind === EVENT_KINDS['invoice.issued']) };
}

async function writeInvoices(store: Store, now: number, invoices: InvoiceProjection): Promise<void> {
  const checkpoint = invoices.takeCheckpoint(now);
  if (checkpoint !== null) invoices.checkpointed(await store.writer.invoiceCheckpoint(checkpoint));
}
