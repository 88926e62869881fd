import type { InvoiceReset, InvoiceRunRecord } from '../../../../src-contract/invoice-store.ts';
import { silentLog } from '../../../lib/log.ts';
import { seededRandom } from '../../../lib/random.ts';
import { Supervisor } from '../../../lib/supervisor.ts';
import { VirtualClock } from '../../../lib/virtual-clock.ts';
import { RecordingIntake, type RecordingStream } from '../../nats/testing/recording-intake.ts';
import { Coordinator } from '../coordinator.ts';
import type { CoordinatorOptions, StoredRun } from '../coordinator-options.ts';
import { invoiceNumber, type InvoiceOfRun } from '../invoice-maker.ts';

/** An invoice as the stage's journal has it. */
export interface StagedInvoice {
  number: string;
  run: number;
  generation: number;
}

/**
 * A coordinator on a virtual clock, with an intake that commits at once and a store in memory that counts for itself:
 * produced is what the journal holds of a run, shown what was moved. It can be killed and started again.
 */
export class SimulatorStage {
  readonly clock: VirtualClock;
  readonly intake: RecordingIntake;
  readonly records = new Map<number, InvoiceRunRecord>();
  readonly shown = new Map<number, number>();
  /** Every call of show that moved something: when, and how many. */
  readonly shows: { at: number; count: number }[] = [];
  generation = 1;
  lastReset: InvoiceReset | null = null;
  changes = 0;
  vatBasisPoints = 1500;
  /** When not null, the port of that name throws it. */
  failures: Partial<Record<'save' | 'show' | 'reset' | 'undo', Error>> = {};
  /** What showing and saving wait for. */
  showGate: Promise<void> = Promise.resolve();
  saveGate: Promise<void> = Promise.resolve();
  /** What makes a body: only what the stage reads again. */
  make = (n: number, { run, generation }: InvoiceOfRun): Uint8Array =>
    new TextEncoder().encode(JSON.stringify({ number: invoiceNumber(n), simulated: { run, generation } }));
  services!: Supervisor;
  coordinator!: Coordinator;

  readonly #read: StagedInvoice[] = [];
  readonly #produced = new Map<number, number>();

  private constructor(start: number, room: number) {
    this.clock = new VirtualClock(start);
    this.intake = new RecordingIntake(room);
  }

  /** A stage whose coordinator runs and is active. */
  static async open({ start = Date.UTC(2026, 10, 21, 12), room = 20_000 } = {}): Promise<SimulatorStage> {
    const stage = new SimulatorStage(start, room);
    await stage.startAgain();
    return stage;
  }

  get stream(): RecordingStream {
    return this.intake.of('simulator');
  }

  /** What the journal holds, in its order. */
  get journal(): readonly StagedInvoice[] {
    for (const { body } of this.stream.messages.slice(this.#read.length)) {
      const { number, simulated } = JSON.parse(body) as {
        number: string;
        simulated: Omit<StagedInvoice, 'number'>;
      };
      this.#read.push({ number, ...simulated });
      this.#produced.set(simulated.run, this.#producedOf(simulated.run) + 1);
    }
    return this.#read;
  }

  /** Makes a coordinator from what is stored, as after the end of a process. */
  async startAgain(active = true, isRestart = true): Promise<void> {
    this.services = new Supervisor({ clock: this.clock, random: seededRandom(1) });
    this.coordinator = new Coordinator({ ...this.options(), isRestart });
    this.services.add(this.coordinator.service);
    await this.coordinator.setActive(active);
  }

  /** Ends the process cleanly. */
  async end(): Promise<void> {
    await this.services.stop();
  }

  options(): CoordinatorOptions {
    return {
      clock: this.clock,
      log: silentLog,
      services: this.services,
      seed: 7,
      intake: this.intake,
      isRestart: true,
      loadMaker: (seed) => Promise.resolve({ seed, make: (n, _at, of) => this.make(n, of) }),
      stored: {
        generation: this.generation,
        run: this.#newestRun(),
        lastRun: Math.max(0, ...this.records.keys()),
        reset: this.lastReset,
        resetRows: this.lastReset === null ? 0 : this.#rowsOf(this.lastReset.from),
      },
      vatBasisPoints: () => this.vatBasisPoints,
      save: async (record) => {
        await this.saveGate;
        this.#mayFail('save');
        this.records.set(record.run, record);
      },
      show: async ({ run, count }) => {
        await this.showGate;
        this.#mayFail('show');
        const moved = Math.min(count, this.producedIn(run) - this.#shownOf(run));
        this.shown.set(run, this.#shownOf(run) + moved);
        if (moved > 0) this.shows.push({ at: this.clock.now(), count: moved });
        return moved;
      },
      reset: async (reset) => {
        this.#mayFail('reset');
        this.lastReset = reset;
        this.generation = reset.to;
        return this.#rowsOf(reset.from);
      },
      undo: async () => {
        this.#mayFail('undo');
        this.generation = this.lastReset?.from ?? this.generation;
        this.lastReset = null;
        return this.#newestRun();
      },
      onChange: () => {
        this.changes += 1;
      },
    };
  }

  /** How many invoices of a run the journal holds. */
  producedIn(run: number): number {
    return this.journal.length === 0 ? 0 : this.#producedOf(run);
  }

  #mayFail(port: keyof SimulatorStage['failures']): void {
    const failure = this.failures[port];
    if (failure !== undefined) throw failure;
  }

  #newestRun(): StoredRun | null {
    const inView = [...this.records.values()].filter(({ generation }) => generation === this.generation);
    const newest = inView.at(-1);
    if (newest === undefined) return null;
    return { ...newest, produced: this.producedIn(newest.run), shown: this.#shownOf(newest.run) };
  }

  #rowsOf(generation: number): number {
    return this.journal.filter((invoice) => invoice.generation === generation).length;
  }

  #producedOf(run: number): number {
    return this.#produced.get(run) ?? 0;
  }

  #shownOf(run: number): number {
    return this.shown.get(run) ?? 0;
  }
}
