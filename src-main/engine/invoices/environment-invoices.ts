import type { InvoiceStateRecord } from '../../../src-contract/invoice-store.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { InvoiceProjection } from '../../projections/invoices/invoice-projection.ts';
import type { Store } from '../../store/open-store.ts';
import { InvoiceCheckpoints } from './invoice-checkpoints.ts';

/** What the invoices of an environment work with. */
export interface EnvironmentInvoicesOptions {
  env: string;
  store: Pick<Store, 'writer' | 'jobs'>;
  clock: Clock;
  /** Loaded, and brought up to the end of the journal. */
  projection: InvoiceProjection;
  /** Invoices came into view or left it. */
  onChange: () => void;
  /** The store refused a checkpoint; null: it takes them again. */
  onFailure: (error: unknown) => void;
}

/** The invoices of one environment: what the journal says becomes rows in the store, and totals in memory. */
export class EnvironmentInvoices implements Stoppable {
  readonly projection: InvoiceProjection;
  readonly #options: EnvironmentInvoicesOptions;
  readonly #checkpoints: InvoiceCheckpoints;

  constructor(options: EnvironmentInvoicesOptions) {
    const { clock, store, projection, onChange, onFailure } = options;
    this.#options = options;
    this.projection = projection;
    this.#checkpoints = new InvoiceCheckpoints({
      clock,
      projection,
      write: (checkpoint) => store.writer.invoiceCheckpoint(checkpoint),
      onWritten: (done) => {
        projection.checkpointed(done);
        if (done.added.length > 0 || done.ignored > 0) onChange();
      },
      onFailure,
    });
    this.#checkpoints.collected();
  }

  /** Applies one committed batch. */
  apply(batch: number, events: readonly JournalEvent[]): void {
    this.projection.apply(batch, events);
    this.#checkpoints.collected();
  }

  /** Resolves when every invoice that was committed so far is in the store. */
  settled(): Promise<void> {
    return this.#checkpoints.write();
  }

  /** Shows this many of a run's backlog, behind everything that was committed so far; answers how many there were. */
  show(run: number, count: number): Promise<number> {
    return this.#checkpoints.show(run, count);
  }

  /** Changes in the store which invoices are in view, and takes the new view from it. */
  changeView(change: () => Promise<void>): Promise<InvoiceStateRecord> {
    const { env, store, onChange } = this.#options;
    return this.#checkpoints.alone(async () => {
      await change();
      // The change is made and has to be taken over: where a reader died over this, the next call starts another.
      const state = await store.jobs.invoiceState(env).catch(() => store.jobs.invoiceState(env));
      this.projection.reload(state);
      onChange();
      return state;
    });
  }

  /** Writes what was collected. */
  stop(): Promise<void> {
    return this.#checkpoints.stop();
  }
}
