import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { CoordinatorOptions } from './coordinator-options.ts';
import { startDisplay } from './display.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Run } from './invoice-run.ts';
import { Pace } from './pace.ts';
import { startProducer } from './producer.ts';

/** Ids of the supervised services. */
export const PRODUCER = 'invoice-producer';
export const DISPLAY = 'invoice-display';

/** What producer and display ask and tell. */
export interface RunWork {
  /** How many are still to be produced. */
  left(): number;
  /** How many are produced and not shown. */
  waiting(): number;
  make(n: number, at: number): Uint8Array;
  /** Shows up to so many; answers how many it showed. */
  show(count: number): Promise<number>;
  onProduced(count: number): void;
  /** Told 0 when there was nothing to show. */
  onShown(count: number): void;
}

/** Producer and display as supervised services, with their paces and the gate that keeps them still during a command. */
export class RunServices {
  readonly #options: Pick<CoordinatorOptions, 'clock' | 'services' | 'intake'>;
  readonly #work: RunWork;
  readonly #wake: Emitter<null>;
  readonly #running = new Set<string>();
  #production: Pace;
  #displaying: Pace;
  #mayProduce = false;
  #mayShow = false;
  #held = false;
  #showing: Promise<unknown> = Promise.resolve();

  constructor(options: Pick<CoordinatorOptions, 'clock' | 'services' | 'intake' | 'log'>, work: RunWork) {
    this.#options = options;
    this.#work = work;
    this.#wake = new Emitter((error) => options.log.error('the simulator could not be woken', { error }));
    this.#production = new Pace(options.clock, 1);
    this.#displaying = new Pace(options.clock, 1);
  }

  /** How far production is, with the fraction of the next invoice. */
  get progress(): number {
    return this.#production.progress;
  }

  /** Begins to count for a run, or for one whose production goes on: then the display keeps its phase. */
  begin(run: Run, goesOn: boolean): void {
    this.#production.pause();
    this.#production = new Pace(this.#options.clock, run.ratePerS, run.produced);
    if (goesOn) return this.#displaying.setRate(run.displayRatePerS);
    this.#displaying.pause();
    this.#displaying = new Pace(this.#options.clock, run.displayRatePerS);
  }

  /** Sets the rates of a run from now on. */
  setRates(run: Run): void {
    this.#production.setRate(run.ratePerS);
    this.#displaying.setRate(run.displayRatePerS);
  }

  /** Says what may be done from now on; time passes for nothing else. */
  allow({ production, display }: { production: boolean; display: boolean }): void {
    this.#mayProduce = production;
    this.#mayShow = display;
    turn(this.#production, production);
    turn(this.#displaying, display);
    this.#wake.emit(null);
  }

  /** Starts and stops the services as `allow` said last; resolves when those that stop have stopped. */
  async fit(): Promise<void> {
    await this.#fit(PRODUCER, this.#mayProduce, () => this.#addProducer());
    await this.#fit(DISPLAY, this.#mayShow, () => this.#addDisplay());
  }

  /** Keeps both from doing anything until `release`; resolves when nothing is being shown. */
  async hold(): Promise<void> {
    this.#held = true;
    await this.#showing;
  }

  release(): void {
    this.#held = false;
    this.#wake.emit(null);
  }

  /** Resolves when everything produced is in the journal. */
  async drained(): Promise<void> {
    const stream = await this.#openStream();
    await stream.drained();
  }

  async #fit(id: string, wanted: boolean, add: () => void): Promise<void> {
    if (wanted === this.#running.has(id)) return;
    if (wanted) {
      this.#running.add(id);
      add();
    } else {
      this.#running.delete(id);
      await this.#options.services.remove(id);
    }
  }

  #openStream(): Promise<StreamIntake> {
    return this.#options.intake.openStream({ name: 'simulator', createdAt: 0 });
  }

  #addProducer(): void {
    const { services, clock } = this.#options;
    services.add({
      id: PRODUCER,
      title: 'Invoice producer',
      start: async ({ fail }) =>
        startProducer({
          clock,
          stream: await this.#openStream(),
          pace: () => this.#production,
          left: () => (this.#held || !this.#mayProduce ? 0 : this.#work.left()),
          make: (n, at) => this.#work.make(n, at),
          onProduced: (count) => this.#work.onProduced(count),
          onWake: (listener) => this.#wake.on(listener),
          fail,
        }),
    });
  }

  #addDisplay(): void {
    const { services, clock } = this.#options;
    services.add({
      id: DISPLAY,
      title: 'Invoice display',
      start: ({ fail }) =>
        startDisplay({
          clock,
          pace: () => this.#displaying,
          isOpen: () => this.#mayShow && !this.#held,
          waiting: () => this.#work.waiting(),
          show: (count) => this.#show(count),
          onNothing: () => this.#work.onShown(0),
          onWake: (listener) => this.#wake.on(listener),
          fail,
        }),
    });
  }

  #show(count: number): Promise<void> {
    const done = this.#work.show(count).then((shown) => this.#work.onShown(shown));
    this.#showing = done.catch(() => undefined);
    return done;
  }
}

function turn(pace: Pace, on: boolean): void {
  if (on) pace.run();
  else pace.pause();
}
