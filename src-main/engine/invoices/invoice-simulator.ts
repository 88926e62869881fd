import { DEMO_ENVIRONMENT } from '../../../src-contract/environment.ts';
import type { InvoiceRun } from '../../../src-contract/invoice.ts';
import type { InvoiceStateRecord } from '../../../src-contract/invoice-store.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { Log } from '../../lib/log.ts';
import type { Supervisor } from '../../lib/supervisor.ts';
import { Coordinator } from '../../sources/invoices/coordinator.ts';
import type { InvoiceControl } from '../../sources/invoices/invoice-control.ts';
import type { Store } from '../../store/open-store.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';

/** Id of the source that the simulator's invoices come from. */
const SOURCE = 'simulator';

/** What the simulator works with. */
export interface InvoiceSimulatorOptions {
  store: Pick<Store, 'writer' | 'jobs'>;
  services: Supervisor;
  seed: number;
  clock: Clock;
  log: Log;
  /** VAT of new runs, in hundredths of a percent. */
  vatBasisPoints: () => number;
  onChange: () => void;
}

/**
 * The invoice simulator of the instance. It belongs to `demo` and works only while that is the active environment; before
 * that was opened for the first time it can say where its run stands, and no more.
 */
export class InvoiceSimulator implements Stoppable {
  readonly #options: InvoiceSimulatorOptions;
  #control: InvoiceControl;
  #runtime: EnvironmentRuntime | null = null;
  /** The active environment, when it is `demo`. */
  #wanted: EnvironmentRuntime | null = null;
  #isActive = false;
  #following: Promise<void> = Promise.resolve();

  private constructor(options: InvoiceSimulatorOptions, stored: InvoiceStateRecord) {
    this.#options = options;
    this.#control = this.#controlOf(stored, true);
  }

  /** Reads where the run was left. */
  static async open(options: InvoiceSimulatorOptions): Promise<InvoiceSimulator> {
    return new InvoiceSimulator(options, await options.store.jobs.invoiceState(DEMO_ENVIRONMENT));
  }

  /** The run as it is shown. */
  get status(): InvoiceRun {
    return this.#control.status;
  }

  /** What takes commands. Rejects with a ContractError `conflict` unless `demo` is the active environment. */
  async control(): Promise<InvoiceControl> {
    await this.#following;
    // It could not be read when it became the active one: by now it may be.
    if (!this.#isActive && this.#wanted !== null) await this.follow(this.#wanted);
    if (this.#isActive) return this.#control;
    throw new ContractError(
      'conflict',
      `the invoice simulator runs in ${DEMO_ENVIRONMENT}; switch to it first`,
    );
  }

  /** Another environment is the active one. */
  follow(runtime: EnvironmentRuntime): Promise<void> {
    this.#wanted = runtime.env === DEMO_ENVIRONMENT ? runtime : null;
    const paused = this.#wanted === null ? this.#activate(false) : null;
    this.#following = this.#following
      .then(() => paused)
      .then(() => this.#goOn())
      .catch((error: unknown) => this.#options.log.error('the invoice simulator cannot go on', { error }));
    return this.#following;
  }

  /** Ends production and display; the run goes on at the next start. */
  async stop(): Promise<void> {
    this.#wanted = null;
    await this.#activate(false);
    await this.#following;
    await this.#options.services.remove(this.#control.service.id);
  }

  #activate(active: boolean): Promise<void> {
    this.#isActive = active;
    return this.#control.setActive(active);
  }

  /** Does what is wanted by now: while it waited, or the journal was brought into the store, that may have changed. */
  async #goOn(): Promise<void> {
    const runtime = this.#wanted;
    if (runtime === null) return;
    if (runtime !== this.#runtime) await this.#begin(runtime);
    if (this.#wanted === runtime) await this.#activate(true);
  }

  /**
   * From here on the coordinator keeps the counts itself: they begin with everything that is in the journal. An environment
   * that left the memory meanwhile and was opened anew has another entrance for what is produced.
   */
  async #begin(runtime: EnvironmentRuntime): Promise<void> {
    const { store, services } = this.#options;
    await services.remove(this.#control.service.id);
    await runtime.invoices.settled();
    const stored = await store.jobs.invoiceState(runtime.env);
    const isRestart = this.#runtime === null;
    // Only now: when the store could not be read, the next command begins again.
    this.#runtime = runtime;
    this.#control = this.#controlOf(stored, isRestart);
    services.add(this.#control.service);
  }

  #controlOf(stored: InvoiceStateRecord, isRestart: boolean): InvoiceControl {
    const { store, services, seed, clock, log, vatBasisPoints, onChange } = this.#options;
    const { writer } = store;
    return new Coordinator({
      clock,
      log,
      services,
      seed,
      stored,
      isRestart,
      vatBasisPoints,
      onChange,
      intake: { openStream: (stream) => this.#demo.hub.of(SOURCE).openStream(stream) },
      save: (record) => writer.saveInvoiceRun(DEMO_ENVIRONMENT, record),
      show: ({ run, count }) => this.#demo.invoices.show(run, count),
      reset: async (reset) => {
        const change = () => writer.resetInvoices(DEMO_ENVIRONMENT, reset);
        return (await this.#changeView(change)).resetRows;
      },
      undo: async () => {
        const change = () => writer.undoInvoiceReset(DEMO_ENVIRONMENT);
        return (await this.#changeView(change)).run;
      },
    });
  }

  /** What was offered before is counted where it was made for, not where the view goes. */
  async #changeView(change: () => Promise<void>): Promise<InvoiceStateRecord> {
    await this.#demo.hub.drained();
    return this.#demo.invoices.changeView(change);
  }

  get #demo(): EnvironmentRuntime {
    if (this.#runtime === null) throw new Error('the demo environment was not opened yet');
    return this.#runtime;
  }
}
