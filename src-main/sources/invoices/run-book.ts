import { isDeepStrictEqual } from 'node:util';
import type { InvoiceRun } from '../../../src-contract/invoice.ts';
import type { InvoiceReset, InvoiceRunRecord } from '../../../src-contract/invoice-store.ts';
import type { CoordinatorOptions, StoredRun } from './coordinator-options.ts';
import {
  plannedOf,
  produced,
  recordOf,
  restored,
  shown,
  waitingOf,
  type SimulatorState,
} from './invoice-run.ts';
import { RecentRate } from './recent-rate.ts';
import { runNote, type NoteParts } from './run-note.ts';
import { toInvoiceRun } from './run-status.ts';

/** A reset can be taken back for this long. */
export const UNDO_MS = 30_000;

/** What the coordinator knows of the simulator and what of that is stored. */
export class RunBook {
  readonly #options: Pick<CoordinatorOptions, 'clock' | 'save'>;
  readonly #producedRate = new RecentRate();
  readonly #shownRate = new RecentRate();
  #state: SimulatorState;
  #saved: InvoiceRunRecord | null;
  #generation: number;
  #lastRun: number;
  #undo: { reset: InvoiceReset; count: number } | null;
  #resumed: NoteParts['resumed'] = null;

  constructor(options: Pick<CoordinatorOptions, 'clock' | 'save' | 'stored' | 'isRestart'>) {
    const { stored, clock, isRestart } = options;
    this.#options = options;
    this.#state = restored(stored.run, clock.now());
    this.#saved = stored.run === null ? null : recordIn(stored.run);
    this.#generation = stored.generation;
    this.#lastRun = stored.lastRun;
    // A run in the generation that the reset began means that it cannot be taken back any more.
    this.#undo =
      stored.reset === null || stored.run !== null ? null : { reset: stored.reset, count: stored.resetRows };
    if (this.isUnderWay && isRestart)
      this.#resumed = { at: clock.now(), produced: stored.run?.produced ?? 0 };
  }

  get state(): SimulatorState {
    return this.#state;
  }

  get generation(): number {
    return this.#generation;
  }

  /** Number of the newest run of all generations; 0 before the first. */
  get lastRun(): number {
    return this.#lastRun;
  }

  get isUnderWay(): boolean {
    return this.#state.state === 'running' || this.#state.state === 'draining';
  }

  /** How many are still to be produced. */
  get left(): number {
    return this.#state.state === 'running' ? plannedOf(this.#state.run) - this.#state.run.produced : 0;
  }

  /** How many are produced and not shown. */
  get waiting(): number {
    return this.#state.state === 'idle' ? 0 : waitingOf(this.#state.run);
  }

  /** Whether the store does not have the state yet. */
  get isUnsaved(): boolean {
    return !isDeepStrictEqual(recordOf(this.#state), this.#saved);
  }

  /** The reset that can be taken back now. */
  get openReset(): InvoiceReset | null {
    const isOpen = this.#undo !== null && this.#options.clock.now() < this.#undo.reset.at + UNDO_MS;
    return isOpen ? (this.#undo?.reset ?? null) : null;
  }

  /** Stores a state, then takes it over. A run that is new ends the time to take a reset back. */
  async enter(next: SimulatorState): Promise<void> {
    await this.#save(next);
    if (next.state !== 'idle' && next.run.run > this.#lastRun) {
      this.#lastRun = next.run.run;
      this.#undo = null;
    }
    if (next.state === 'running') this.#began(this.#state);
    this.#state = next;
  }

  /** Stores the present state. */
  save(): Promise<void> {
    return this.#save(this.#state);
  }

  /** Takes a stored reset over, which can bring so many invoices again. */
  wasReset(reset: InvoiceReset, count: number): void {
    this.#undo = { reset, count };
    this.#generation = reset.to;
    this.#saved = null;
    this.#resumed = null;
    this.#state = { state: 'idle' };
  }

  /** Takes over what a reset had put out of view. */
  wasUndone(reset: InvoiceReset, run: StoredRun | null): void {
    this.#undo = null;
    this.#generation = reset.from;
    this.#saved = run === null ? null : recordIn(run);
    this.#state = restored(run, this.#options.clock.now());
  }

  /** Counts produced invoices; answers whether that led to another state. */
  produced(count: number): boolean {
    this.#producedRate.add(count, this.#options.clock.monotonic());
    return this.#take(produced(this.#state, count));
  }

  /** Counts shown invoices, 0 when there was none to show; answers whether that led to another state. */
  shown(count: number): boolean {
    this.#shownRate.add(count, this.#options.clock.monotonic());
    return this.#take(shown(this.#state, count, this.#options.clock.now()));
  }

  status(note: Omit<NoteParts, 'resumed'>): InvoiceRun {
    const now = this.#options.clock.monotonic();
    const reset = this.openReset;
    return toInvoiceRun(this.#state, {
      generation: this.#generation,
      lastRun: this.#lastRun,
      producedPerS: this.#producedRate.perSecond(now),
      shownPerS: this.#shownRate.perSecond(now),
      undo: reset === null ? null : { until: reset.at + UNDO_MS, count: this.#undo?.count ?? 0 },
      note: runNote(this.#state, { ...note, resumed: this.#resumed }),
    });
  }

  async #save(state: SimulatorState): Promise<void> {
    const record = recordOf(state);
    if (record === null) return;
    await this.#options.save(record);
    this.#saved = record;
  }

  /** A run is entered, or goes on: what was measured of others does not count. */
  #began({ state }: SimulatorState): void {
    const now = this.#options.clock.monotonic();
    this.#resumed = null;
    if (state !== 'running') this.#producedRate.begin(now);
    if (state === 'idle' || state === 'finished') this.#shownRate.begin(now);
  }

  #take(next: SimulatorState): boolean {
    const isOther = next.state !== this.#state.state;
    this.#state = next;
    return isOther;
  }
}

function recordIn({ produced: _produced, shown: _shown, ...record }: StoredRun): InvoiceRunRecord {
  return record;
}
