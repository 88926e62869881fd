import type { SourceIntake } from '../../../src-contract/intake.ts';
import type {
  InvoiceReset,
  InvoiceRunRecord,
  InvoiceStateRecord,
} from '../../../src-contract/invoice-store.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Supervisor } from '../../lib/supervisor.ts';
import type { InvoiceMaker } from './invoice-maker.ts';

/** How many invoices a run has produced and shown; what it has produced and not shown waits. */
export interface RunCounts {
  readonly produced: number;
  readonly shown: number;
}

/** A run as it is stored, with its counts. */
export type StoredRun = InvoiceRunRecord & RunCounts;

/** What is stored of the simulator when its environment opens. Counts include everything in the journal. */
export type StoredSimulator = Pick<
  InvoiceStateRecord,
  'generation' | 'run' | 'lastRun' | 'reset' | 'resetRows'
>;

/** What a coordinator works with. Ports that reject make the command that needed them reject, and change nothing. */
export interface CoordinatorOptions {
  clock: Clock;
  log: Log;
  /** Runs producer and display; the coordinator adds and removes them. */
  services: Pick<Supervisor, 'add' | 'remove' | 'get'>;
  /** Invoice n of a seed is always the same; new runs are made with this one. A safe integer. */
  seed: number;
  /** Where invoices are offered: on one local stream, whose sequences are their numbers. */
  intake: SourceIntake;
  stored: StoredSimulator;
  /** Whether the process began since that was stored; false when only its environment was opened again. */
  isRestart: boolean;
  /** Makes the maker of a run's invoices when one starts; {@link loadInvoiceMaker} when left out. */
  loadMaker?: (seed: number) => Promise<InvoiceMaker>;
  /** VAT of new runs, in hundredths of a percent. */
  vatBasisPoints(): number;
  /** Stores a run's record; resolves when it is durable. */
  save(record: InvoiceRunRecord): Promise<void>;
  /**
   * Moves up to `count` invoices from the head of a run's backlog into view; answers how many it moved, fewer when what
   * was produced has not all reached the backlog. Called once at a time. When it rejects, it must have moved none.
   */
  show(batch: { run: number; count: number }): Promise<number>;
  /**
   * Takes a generation out of view; everything produced in it is in the journal by then. Answers how many invoices, shown and waiting, taking that back would bring again.
   */
  reset(reset: InvoiceReset): Promise<number>;
  /** Takes the last reset back; answers the newest run of the generation that is in view again. */
  undo(): Promise<StoredRun | null>;
  /** The status has changed; called at most some 50 times a second, by each. Must not throw. */
  onChange(): void;
}
