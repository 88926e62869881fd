import type { InvoiceBody } from '../../../src-contract/event-bodies.ts';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import { invoiceFigures } from '../../../src-contract/invoice-figures.ts';
import type {
  CurrencySums,
  InvoiceCheckpoint,
  InvoiceCheckpointed,
  InvoiceStateRecord,
} from '../../../src-contract/invoice-store.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import type { CollectedInvoice } from './collected-invoice.ts';
import { CurrencyTotals } from './currency-totals.ts';
import { PendingInvoices } from './pending-invoices.ts';

/** The source whose invoices wait in a backlog until the run shows them. */
const SIMULATOR = 'simulator';

/** What the projection is made of and with. */
export interface InvoiceProjectionOptions {
  env: string;
  state: InvoiceStateRecord;
  /** The currency of invoices that name none, now. */
  baseCurrency: () => string;
}

/**
 * Invoices out of the journal, collected until the store takes them, and the totals of those in view. The rows themselves
 * are in the store only. The same journal gives the same rows, whatever its batches and checkpoints were.
 */
export class InvoiceProjection {
  readonly #env: string;
  readonly #baseCurrency: () => string;
  readonly #pending = new PendingInvoices();
  #totals: CurrencyTotals;
  #batch: number;
  #writtenBatch: number;
  #generation: number;
  #newest: number;
  #ignored: number;

  constructor({ env, state, baseCurrency }: InvoiceProjectionOptions) {
    this.#env = env;
    this.#baseCurrency = baseCurrency;
    this.#batch = state.batch;
    this.#writtenBatch = state.batch;
    this.#generation = state.generation;
    this.#newest = state.newest;
    this.#ignored = state.ignored;
    this.#totals = new CurrencyTotals(state.totals);
  }

  /** Number of the last batch that was applied. */
  get batch(): number {
    return this.#batch;
  }

  /** Invoices that were applied and are in no checkpoint yet. */
  get pending(): number {
    return this.#pending.rows;
  }

  /** Whether a checkpoint should be taken now: one more batch could be more than one checkpoint holds. */
  get full(): boolean {
    return this.#pending.isFull;
  }

  /** The simulator's generation in view. */
  get generation(): number {
    return this.#generation;
  }

  /** Id of the newest shown invoice; 0 for none. */
  get newest(): number {
    return this.#newest;
  }

  /** Events that are not shown: their number was taken, or they state no invoice. */
  get ignored(): number {
    return this.#ignored;
  }

  /** Sums of the invoices in view, as the store has them: of what is pending nothing is in them. */
  get totals(): CurrencySums[] {
    return this.#totals.read();
  }

  /** Applies one committed batch; one that was applied before changes nothing. */
  apply(batch: number, events: readonly JournalEvent[]): void {
    if (batch <= this.#batch) return;
    this.#batch = batch;
    for (const event of events) {
      if (event.kind !== EVENT_KINDS['invoice.issued']) continue;
      this.#pending.add(batch, this.#invoiceOf(event, event.body as InvoiceBody | null));
    }
  }

  /**
   * What came since the checkpoint before, in whole batches and at most 5,000 invoices (one batch may be larger): what is
   * left is for the next one. Null when there is nothing to say. It must be written before the next is, in this order.
   * @param at the time of the checkpoint, at which its invoices are shown, in UTC milliseconds.
   * @param show how many to show from the head of a run's backlog.
   */
  takeCheckpoint(at: number, show: InvoiceCheckpoint['show'] = null): InvoiceCheckpoint | null {
    if (this.#batch === this.#writtenBatch && show === null) return null;
    const { batch, ...taken } = this.#pending.take(this.#batch);
    this.#writtenBatch = batch;
    return { env: this.#env, batch, ...taken, show, at };
  }

  /** Takes in what the store answered to a checkpoint. */
  checkpointed({ newest, ignored, added }: InvoiceCheckpointed): void {
    this.#newest = newest;
    this.#ignored += ignored;
    this.#totals.add(added);
  }

  /**
   * Takes another view from the store: after a reset, or after one was taken back. No checkpoint may be on its way
   * meanwhile: what it adds would be counted twice, or not at all. What is pending stays pending.
   */
  reload({ generation, newest, ignored, totals }: InvoiceStateRecord): void {
    this.#generation = generation;
    this.#newest = newest;
    this.#ignored = ignored;
    this.#totals = new CurrencyTotals(totals);
  }

  /** Null: it states no invoice. New events were checked by the pipeline; only what an older version stored can fail. */
  #invoiceOf(event: JournalEvent, body: InvoiceBody | null): CollectedInvoice | null {
    if (body === null) return null;
    const figures = invoiceFigures(body, this.#baseCurrency());
    if (!figures.ok) return null;
    const { id, source, occurredAt, receivedAt } = event;
    const simulated = source === SIMULATOR ? body.simulated : null;
    if (simulated === undefined) return null;
    const issuedAt = figures.issuedAt ?? occurredAt;
    return { event: id, source, simulated, issuedAt, receivedAt, figures };
  }
}
