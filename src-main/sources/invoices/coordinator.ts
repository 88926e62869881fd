import type { InvoiceRun } from '../../../src-contract/invoice.ts';
import { ContractError } from '../../../src-contract/result.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import type { ServiceContext, ServiceSpec } from '../../lib/service.ts';
import type { CoordinatorOptions } from './coordinator-options.ts';
import type { GivenFigures, InvoiceControl } from './invoice-control.ts';
import { loadInvoiceMaker, type InvoiceMaker } from './invoice-maker.ts';
import * as rules from './invoice-run.ts';
import { Pulse } from './pulse.ts';
import { RunBook, UNDO_MS } from './run-book.ts';
import { DISPLAY, PRODUCER, RunServices } from './run-services.ts';
import { SerialLine } from './serial-line.ts';

/** This often measured rates are told anew, and a state that could not be stored is tried again. */
const PULSE_MS = 1000;

/**
 * The invoice simulator: owns the run, starts and stops producer and display, carries out commands. Made with what is
 * stored, it goes on with a run that was under way. While a command is carried out nothing is produced or shown; what
 * becomes due meanwhile is made up for.
 */
export class Coordinator implements InvoiceControl {
  readonly service: ServiceSpec;
  readonly #options: CoordinatorOptions;
  readonly #line = new SerialLine();
  readonly #book: RunBook;
  readonly #services: RunServices;
  readonly #pulse: Pulse;
  #maker: InvoiceMaker | null = null;
  #isActive = false;
  /** The present run of the coordinator's own service; null while it does not run. */
  #context: ServiceContext | null = null;

  constructor(options: CoordinatorOptions) {
    this.#options = options;
    this.#book = new RunBook(options);
    this.#services = new RunServices(options, {
      left: () => this.#book.left,
      waiting: () => this.#book.waiting,
      make: (n, at) => this.#make(n, at),
      show: (count) => this.#show(count),
      onProduced: (count) => this.#counted(this.#book.produced(count)),
      onShown: (count) => this.#counted(this.#book.shown(count)),
    });
    this.#pulse = new Pulse(
      options.clock,
      PULSE_MS,
      () => this.#isBeating(),
      () => this.#beat(),
    );
    const { state } = this.#book;
    if (state.state !== 'idle') this.#services.begin(state.run, false);
    this.service = {
      id: 'invoice-coordinator',
      title: 'Invoice coordinator',
      start: (context) => this.#begin(context),
    };
  }

  get status(): InvoiceRun {
    const failed = [PRODUCER, DISPLAY].flatMap((id) => {
      const service = this.#options.services.get(id);
      return service?.state === 'failed' ? [service.title] : [];
    });
    return this.#book.status({ isActive: this.#isActive, failed });
  }

  setActive(active: boolean): Promise<void> {
    this.#isActive = active;
    this.#allow();
    this.#changed();
    return this.#settle();
  }

  start(figures: GivenFigures): Promise<InvoiceRun> {
    return this.#command(async () => {
      const before = this.#book.state;
      const next = accepted(rules.start(before, figures, () => this.#newRun()));
      await this.#loadMaker(next.run.seed);
      await this.#book.enter(next);
      this.#services.begin(next.run, before.state === 'draining');
    });
  }

  stop(): Promise<InvoiceRun> {
    return this.#command(() => this.#book.enter(accepted(rules.stop(this.#book.state))));
  }

  reset(): Promise<InvoiceRun> {
    return this.#command(async () => {
      accepted(rules.reset(this.#book.state));
      // Nothing is in view then: another reset would only cut short the time to take the last one back.
      if (this.#book.state.state === 'idle') return;
      await this.#services.drained();
      const from = this.#book.generation;
      const reset = { from, to: from + 1, at: this.#options.clock.now() };
      this.#book.wasReset(reset, await this.#options.reset(reset));
    });
  }

  undo(): Promise<InvoiceRun> {
    return this.#command(async () => {
      const reset = this.#book.openReset;
      if (reset === null)
        throw new ContractError(
          'conflict',
          `there is no reset to take back: that is possible for ${UNDO_MS / 1000} s, until another run begins`,
        );
      this.#book.wasUndone(reset, await this.#options.undo());
      const { state } = this.#book;
      if (state.state !== 'idle') this.#services.begin(state.run, false);
    });
  }

  rates(figures: GivenFigures): Promise<InvoiceRun> {
    return this.#command(async () => {
      const next = accepted(rules.rates(this.#book.state, figures, this.#services.progress));
      await this.#book.enter(next);
      this.#services.setRates(next.run);
    });
  }

  async #begin(context: ServiceContext): Promise<Stoppable> {
    this.#context = context;
    await this.#settle();
    return { stop: () => this.#end(context) };
  }

  async #end(context: ServiceContext): Promise<void> {
    if (this.#context === context) this.#context = null;
    this.#pulse.stop();
    this.#allow();
    await this.#line.run(() => this.#services.fit());
  }

  #command(work: () => Promise<void>): Promise<InvoiceRun> {
    return this.#line.command(async () => {
      if (!this.#isActive)
        throw new ContractError('conflict', 'the invoice simulator runs in demo; switch to it first');
      if (this.#context === null)
        throw new ContractError('unavailable', 'the invoice coordinator is not running; System tells why');
      await this.#services.hold();
      try {
        await work();
        this.#allow();
        await this.#services.fit();
      } finally {
        this.#services.release();
        this.#changed();
      }
      const answer = this.status;
      this.#finishEmpty();
      return answer;
    });
  }

  /** Nothing waits and nothing comes: the next tick of a slow display, which would find that out, can be far away. */
  #finishEmpty(): void {
    if (this.#book.state.state === 'draining' && this.#book.waiting === 0) this.#counted(this.#book.shown(0));
  }

  /** Brings store and services in line with the state, behind the commands that came before. */
  #settle(): Promise<void> {
    return this.#line.run(async () => {
      try {
        await this.#saveUnsaved();
        const { state } = this.#book;
        if (this.#context !== null && this.#isActive && state.state === 'running')
          await this.#loadMaker(state.run.seed);
        this.#allow();
        await this.#services.fit();
      } catch (error) {
        this.#options.log.error('the invoice simulator could not go on', { error });
        this.#context?.fail(error);
      }
    });
  }

  /** What goes wrong here is tried again; until then a restart would find out by itself what the run has reached. */
  async #saveUnsaved(): Promise<void> {
    try {
      if (this.#book.isUnsaved) await this.#book.save();
    } catch (error) {
      this.#options.log.warn('the state of the invoice run could not be stored', { error });
    }
  }

  #newRun(): rules.NewRun {
    return {
      run: this.#book.lastRun + 1,
      generation: this.#book.generation,
      seed: this.#options.seed,
      vatBasisPoints: this.#options.vatBasisPoints(),
      startedAt: this.#options.clock.now(),
    };
  }

  async #loadMaker(seed: number): Promise<void> {
    if (this.#maker?.seed === seed) return;
    const { loadMaker = loadInvoiceMaker } = this.#options;
    this.#maker = await loadMaker(seed);
  }

  #allow(): void {
    const isRunning = this.#book.state.state === 'running';
    const isOn = this.#isActive && this.#context !== null && (!isRunning || this.#maker !== null);
    this.#services.allow({ production: isOn && isRunning, display: isOn && this.#book.isUnderWay });
  }

  #make(n: number, at: number): Uint8Array {
    const { state } = this.#book;
    if (this.#maker === null || state.state === 'idle') throw new Error('there is no run to produce for');
    return this.#maker.make(n, at, state.run);
  }

  async #show(count: number): Promise<number> {
    const { state } = this.#book;
    return state.state === 'idle' ? 0 : this.#options.show({ run: state.run.run, count });
  }

  /** After counting; another state came by itself. */
  #counted(isOtherState: boolean): void {
    if (isOtherState) {
      this.#allow();
      void this.#settle();
    }
    this.#changed();
  }

  #changed(): void {
    this.#options.onChange();
    this.#pulse.look();
  }

  #isBeating(): boolean {
    if (this.#context === null) return false;
    const { produced_per_s, shown_per_s, undo_until } = this.status;
    const isMoving = this.#isActive && this.#book.isUnderWay;
    return isMoving || produced_per_s + shown_per_s > 0 || undo_until !== null || this.#book.isUnsaved;
  }

  #beat(): void {
    if (this.#book.isUnsaved) void this.#settle();
    this.#options.onChange();
  }
}

function accepted<S extends rules.SimulatorState>(outcome: rules.Outcome<S>): S {
  if (!outcome.ok) throw new ContractError(outcome.code, outcome.reason);
  return outcome.next;
}
