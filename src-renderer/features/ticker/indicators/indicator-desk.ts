import type { IndicatorChoice } from './indicator-choice.ts';
import type { IndicatorAnswer, IndicatorRequest } from './indicator-messages.ts';

/** The part of a Worker that is used here. */
export interface IndicatorPort {
  postMessage(request: IndicatorRequest): void;
  addEventListener(type: 'message', listener: (event: { data: IndicatorAnswer }) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
  terminate(): void;
}

/** What is wanted: indicators over closing prices, and who is told. */
export interface IndicatorOrder {
  closes: Float64Array;
  choices: readonly IndicatorChoice[];
  done: (lines: Float64Array[][]) => void;
}

/**
 * Orders indicators from a worker: one order is with it, and of those that come meanwhile only the newest waits. So a chart
 * that moves faster than its indicators are computed gets the latest, late, and never a queue.
 */
export class IndicatorDesk {
  readonly #worker: IndicatorPort;
  #working: { id: number; order: IndicatorOrder } | null = null;
  #waiting: IndicatorOrder | null = null;
  #nextId = 1;

  /** @param failed called when the worker could not be loaded, or threw: of what is ordered nothing will come */
  constructor(worker: IndicatorPort, failed: () => void) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }) => this.#answered(data));
    worker.addEventListener('error', failed);
  }

  /** Orders; an order that still waits is forgotten and never told. */
  order(order: IndicatorOrder): void {
    if (this.#working === null) this.#send(order);
    else this.#waiting = order;
  }

  /** Forgets what is ordered: nobody is told any more. */
  cancel(): void {
    this.#waiting = null;
    if (this.#working !== null) this.#working.order = { ...this.#working.order, done: () => undefined };
  }

  /** Ends the worker. */
  stop(): void {
    this.cancel();
    this.#worker.terminate();
  }

  #send(order: IndicatorOrder): void {
    const id = this.#nextId++;
    this.#working = { id, order };
    this.#worker.postMessage({ id, closes: order.closes, choices: order.choices });
  }

  #answered({ id, lines }: IndicatorAnswer): void {
    if (this.#working?.id !== id) return;
    const { order } = this.#working;
    const next = this.#waiting;
    this.#working = null;
    this.#waiting = null;
    if (next !== null) this.#send(next);
    order.done(lines);
  }
}
