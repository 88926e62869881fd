import { IndicatorDesk, type IndicatorPort } from '../indicators/indicator-desk.ts';
import type { IndicatorChoice } from '../indicators/indicator-choice.ts';
import type { Bar } from '../candles/bar.ts';
import type { DrawnIndicator } from './indicator-series.ts';

/** Indicators follow a moving price at most this often, in milliseconds. */
const LEAST_MS = 250;
/** Time before a worker that failed is started anew, in milliseconds: its script cannot be had while the host is away. */
const RETRY_MS = 2000;

/** Bars, and what is wanted of them. */
interface WantedLines {
  bars: readonly Bar[];
  choices: readonly IndicatorChoice[];
}

/** What the lines are computed with. */
export interface IndicatorLinesOptions {
  /** Starts the worker; called when the first indicator is wanted, and again after one that failed. */
  worker: () => IndicatorPort;
  /** Calls back after some milliseconds; returns what prevents it. */
  after: (milliseconds: number, then: () => void) => () => void;
}

/** The chosen indicators of a chart's bars, as they come from the worker. */
export class IndicatorLines {
  #drawn = $state.raw<readonly DrawnIndicator[]>([]);
  #desk: IndicatorDesk | null = null;
  #failed = $state(false);
  #wanted: WantedLines | null = null;
  #ordered: WantedLines | null = null;
  #pause: (() => void) | null = null;
  #choices: readonly IndicatorChoice[] = [];
  readonly #options: IndicatorLinesOptions;

  constructor(options: IndicatorLinesOptions) {
    this.#options = options;
  }

  /** The newest that were computed. */
  get drawn(): readonly DrawnIndicator[] {
    return this.#drawn;
  }

  /** Whether the worker failed, and has not answered since; it is tried again. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Wants these indicators of these bars; another choice is ordered at once, moving bars a few times a second. */
  want(bars: readonly Bar[], choices: readonly IndicatorChoice[]): void {
    const chosenAnew = choices !== this.#choices;
    this.#choices = choices;
    if (choices.length === 0) return this.#clear();
    this.#wanted = { bars, choices };
    if (chosenAnew) this.#drawn = this.#drawn.filter(({ choice }) => choices.includes(choice));
    if (this.#pause === null || chosenAnew) this.#order();
  }

  /** Ends the worker. */
  stop(): void {
    this.#clear();
    this.#desk?.stop();
    this.#desk = null;
  }

  #clear(): void {
    this.#pause?.();
    this.#pause = null;
    this.#wanted = null;
    this.#ordered = null;
    this.#failed = false;
    this.#desk?.cancel();
    this.#drawn = [];
  }

  #order(): void {
    const wanted = this.#wanted;
    this.#wanted = null;
    this.#pause?.();
    this.#pause = null;
    if (wanted === null) return;
    this.#orderAfter(LEAST_MS);
    this.#ordered = wanted;
    const { bars, choices } = wanted;
    this.#desk ??= new IndicatorDesk(this.#options.worker(), () => this.#startAnew());
    this.#desk.order({
      closes: Float64Array.from(bars, ({ close }) => close),
      choices,
      done: (lines) => {
        this.#failed = false;
        this.#drawn = choices.map((choice, index) => ({ choice, bars, lines: lines[index] ?? [] }));
      },
    });
  }

  #orderAfter(milliseconds: number): void {
    this.#pause = this.#options.after(milliseconds, () => {
      this.#pause = null;
      this.#order();
    });
  }

  #startAnew(): void {
    this.#desk?.stop();
    this.#desk = null;
    if (this.#ordered === null) return;
    this.#failed = true;
    this.#wanted ??= this.#ordered;
    this.#pause?.();
    this.#orderAfter(RETRY_MS);
  }
}

/** Starts the worker of a page. */
export function startIndicatorWorker(): IndicatorPort {
  return new Worker(new URL('../indicators/indicator-worker.ts', import.meta.url), { type: 'module' });
}
