import type { InvoiceCheckpoint, InvoiceCheckpointed } from '../../../src-contract/invoice-store.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { InvoiceProjection } from '../../projections/invoices/invoice-projection.ts';

/** What was collected is written after this long at the latest, in milliseconds: so much is the grid behind. */
const COLLECT_MS = 100;
/** A position without invoices, and a checkpoint that failed, are written this often, in milliseconds. */
const POSITION_MS = 1000;

/** What is shown of a run's backlog. */
export type Show = NonNullable<InvoiceCheckpoint['show']>;

/** What the checkpoints are made of and where they go. */
export interface InvoiceCheckpointsOptions {
  clock: Clock;
  projection: Pick<InvoiceProjection, 'takeCheckpoint' | 'pending' | 'full' | 'batch'>;
  write: (checkpoint: InvoiceCheckpoint) => Promise<InvoiceCheckpointed>;
  /** A checkpoint was written, and what it did; before anybody who waits for it hears of it. */
  onWritten: (done: InvoiceCheckpointed) => void;
  /** A checkpoint was refused; null: one was written again after that. */
  onFailure: (error: unknown) => void;
}

interface Waiting {
  show: Show | null;
  resolve: (done: InvoiceCheckpointed | null) => void;
  reject: (error: unknown) => void;
}

/** One checkpoint, and who waits for it; nobody does for those that are due by time. */
interface Taken {
  checkpoint: InvoiceCheckpoint;
  of: Waiting | null;
}

/**
 * Writes the invoice projection's checkpoints, one after the other, with what is to be shown. One that was refused is
 * written again until it is taken, before anything else: nothing is lost, and nothing is shown twice.
 */
export class InvoiceCheckpoints implements Stoppable {
  readonly #options: InvoiceCheckpointsOptions;
  readonly #cancelEvery: () => void;
  readonly #queue: Waiting[] = [];
  #unwritten: Taken | null = null;
  #isDue = false;
  #cancelSoon: (() => void) | null = null;
  #working: Promise<void> | null = null;
  #writtenBatch = 0;
  #failed = false;
  #stopped = false;

  constructor(options: InvoiceCheckpointsOptions) {
    this.#options = options;
    this.#cancelEvery = options.clock.every(POSITION_MS, () => this.#due());
  }

  /** Invoices may have been collected: they are written soon, or at once when they are many. */
  collected(): void {
    const { projection, clock } = this.#options;
    if (this.#stopped || this.#failed || projection.pending === 0) return;
    if (projection.full) this.#due();
    else this.#cancelSoon ??= clock.after(COLLECT_MS, () => this.#due());
  }

  /** Shows this many from the head of a run's backlog; answers how many there were. Waits for as long as the store refuses. */
  async show(run: number, count: number): Promise<number> {
    const done = await this.#add({ run, count });
    return done?.shown ?? 0;
  }

  /** Writes what was collected so far; resolves when it is stored. Rejects only when it is stopped before that. */
  async write(): Promise<void> {
    const { batch } = this.#options.projection;
    let done: InvoiceCheckpointed | null;
    do done = await this.#add(null);
    while (done !== null && this.#writtenBatch < batch);
  }

  /** Does something else with the store while no checkpoint is on its way; after everything that was asked for before. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    await this.write();
    while (this.#working !== null) await this.#working;
    const worked = work();
    this.#working = worked.then(
      () => this.#goOn(),
      () => this.#goOn(),
    );
    return worked;
  }

  /** Writes what is left, once; what the store refuses then is read from the journal at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelEvery();
    this.#cancelCollecting();
    await this.#working;
    do {
      this.#due();
      await this.#working;
    } while (this.#options.projection.pending > 0 && !this.#failed);
    const reason = closed();
    for (const { reject } of this.#queue.splice(0)) reject(reason);
    this.#unwritten?.of?.reject(reason);
    this.#unwritten = null;
  }

  #due(): void {
    this.#isDue = true;
    this.#working ??= this.#work();
  }

  #add(show: Show | null): Promise<InvoiceCheckpointed | null> {
    if (this.#stopped) return Promise.reject(closed());
    return new Promise((resolve, reject) => {
      this.#queue.push({ show, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  async #work(): Promise<void> {
    // So that this pass is known as the one under way before it can be over.
    await Promise.resolve();
    for (let next = this.#next(); next !== null; next = this.#next()) {
      if (!(await this.#write(next))) break;
    }
    this.#working = null;
    this.collected();
  }

  #goOn(): void {
    this.#working = null;
    if (this.#queue.length > 0 || this.#isDue) this.#working = this.#work();
    else this.collected();
  }

  #next(): Taken | null {
    this.#unwritten ??= this.#take();
    return this.#unwritten;
  }

  /** What the next one asked for; those for whom there is nothing to write are answered at once. */
  #take(): Taken | null {
    this.#cancelCollecting();
    for (let of = this.#queue.shift(); of !== undefined; of = this.#queue.shift()) {
      const checkpoint = this.#takeCheckpoint(of.show);
      if (checkpoint !== null) return { checkpoint, of };
      of.resolve(null);
    }
    if (!this.#isDue) return null;
    this.#isDue = false;
    const checkpoint = this.#takeCheckpoint(null);
    return checkpoint === null ? null : { checkpoint, of: null };
  }

  #takeCheckpoint(show: Show | null): InvoiceCheckpoint | null {
    const { projection, clock } = this.#options;
    return projection.takeCheckpoint(clock.now(), show);
  }

  /** False when the store refused it. */
  async #write({ checkpoint, of }: Taken): Promise<boolean> {
    try {
      const done = await this.#options.write(checkpoint);
      this.#unwritten = null;
      this.#writtenBatch = checkpoint.batch;
      if (this.#failed) this.#options.onFailure(null);
      this.#failed = false;
      this.#options.onWritten(done);
      of?.resolve(done);
      return true;
    } catch (error) {
      this.#failed = true;
      this.#options.onFailure(error);
      return false;
    }
  }

  #cancelCollecting(): void {
    this.#cancelSoon?.();
    this.#cancelSoon = null;
  }
}

function closed(): Error {
  return new Error('the invoices are not written any more: the environment is closed');
}
