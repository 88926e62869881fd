import type { InvoiceCheckpoint } from '../../../src-contract/invoice-store.ts';
import { invoiceColumns, type CollectedInvoice } from './collected-invoice.ts';

/** A checkpoint holds at most this many invoices, unless a single batch has more. */
const CHECKPOINT_ROWS = 5000;
/** The largest batch the pipeline makes. */
const BATCH_ROWS = 1000;

/** What is taken of the invoices that wait: everything up to a batch. */
export type TakenInvoices = Pick<InvoiceCheckpoint, 'batch' | 'arrived' | 'produced' | 'invalid'>;

interface PendingBatch {
  batch: number;
  invoices: CollectedInvoice[];
  invalid: number;
}

/**
 * Invoices between two checkpoints, by batch: a checkpoint ends with a batch, because that is what its position says. Its
 * owner takes one as soon as it {@link isFull}; it goes on collecting while that is written, which the number of commits
 * under way bounds.
 */
export class PendingInvoices {
  #batches: PendingBatch[] = [];
  #rows = 0;

  /** Invoices that wait. */
  get rows(): number {
    return this.#rows;
  }

  /** Whether another batch could make more of them than one checkpoint holds. */
  get isFull(): boolean {
    return this.#rows > CHECKPOINT_ROWS - BATCH_ROWS;
  }

  /** Adds an invoice of a batch, which is the last one or a later one; null: an event that states none. */
  add(batch: number, invoice: CollectedInvoice | null): void {
    const pending = this.#batchOf(batch);
    if (invoice === null) {
      pending.invalid++;
      return;
    }
    pending.invoices.push(invoice);
    this.#rows++;
  }

  /**
   * Takes whole batches, as many as one checkpoint holds, and at least one.
   * @param lastBatch the last batch that was seen, which is how far the position moves when nothing is left.
   */
  take(lastBatch: number): TakenInvoices {
    const batches = this.#batches.splice(0, this.#fitting());
    const invoices = batches.flatMap((pending) => pending.invoices);
    this.#rows -= invoices.length;
    return {
      batch: this.#batches.length === 0 ? lastBatch : (batches.at(-1)?.batch ?? lastBatch),
      arrived: arrivedOf(invoices),
      produced: producedOf(invoices),
      invalid: batches.reduce((sum, { invalid }) => sum + invalid, 0),
    };
  }

  #batchOf(batch: number): PendingBatch {
    const last = this.#batches.at(-1);
    if (last?.batch === batch) return last;
    const pending: PendingBatch = { batch, invoices: [], invalid: 0 };
    this.#batches.push(pending);
    return pending;
  }

  /** How many of the batches fit into one checkpoint. */
  #fitting(): number {
    let rows = 0;
    const tooMany = this.#batches.findIndex(({ invoices }, index) => {
      rows += invoices.length;
      return index > 0 && rows > CHECKPOINT_ROWS;
    });
    return tooMany === -1 ? this.#batches.length : tooMany;
  }
}

/** Stretches of one source, not all of a source together: the order of the journal is the order of ids. */
function arrivedOf(invoices: readonly CollectedInvoice[]): InvoiceCheckpoint['arrived'] {
  const arrived = invoices.filter(({ simulated }) => simulated === null);
  return stretches(arrived, ({ source }) => source).map((stretch) =>
    invoiceColumns(stretch[0].source, stretch),
  );
}

function producedOf(invoices: readonly CollectedInvoice[]): InvoiceCheckpoint['produced'] {
  const produced = invoices.flatMap((invoice) =>
    invoice.simulated === null ? [] : [{ invoice, ...invoice.simulated }],
  );
  return stretches(produced, ({ run, generation }) => `${run} ${generation}`).map((stretch) => {
    const { invoice, run, generation } = stretch[0];
    const columns = invoiceColumns(
      invoice.source,
      stretch.map((one) => one.invoice),
    );
    return { run, generation, invoices: columns };
  });
}

/** Cuts a list where the key changes. */
function stretches<T>(all: readonly T[], keyOf: (one: T) => string): [T, ...T[]][] {
  const cut: [T, ...T[]][] = [];
  let key: string | null = null;
  for (const one of all) {
    const last = cut.at(-1);
    if (last !== undefined && keyOf(one) === key) last.push(one);
    else cut.push([one]);
    key = keyOf(one);
  }
  return cut;
}
