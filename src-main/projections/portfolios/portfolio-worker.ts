import type { HoldingRecord, QuoteRecord } from '../../../src-contract/checkpoint.ts';
import type { Stoppable } from '../../lib/disposables.ts';
import { portfolioMetrics, type PortfolioMetrics } from './portfolio-metrics.ts';

/** What a worker computes from. */
export interface WorkerInputs {
  holdings(): readonly HoldingRecord[];
  quoteOf(symbol: string): QuoteRecord | null;
  decimals: number;
  /** True while a drill wants this worker to break. */
  broken(): boolean;
}

/** Thrown by a worker that a drill has broken on purpose. */
export class DrillError extends Error {
  constructor() {
    super('broken on purpose by a fault drill; a restart by hand repairs it');
    this.name = 'DrillError';
  }
}

/** The supervised object of one shared portfolio: computes its metrics. It keeps nothing that a restart would lose. */
export class PortfolioWorker implements Stoppable {
  readonly #inputs: WorkerInputs;
  #metrics: PortfolioMetrics;

  /** Computes at once; throws what a recomputation throws. */
  constructor(inputs: WorkerInputs) {
    this.#inputs = inputs;
    this.#metrics = this.recompute();
  }

  /** The metrics as last computed. */
  get metrics(): PortfolioMetrics {
    return this.#metrics;
  }

  /** Computes the metrics from the present holdings and prices. */
  recompute(): PortfolioMetrics {
    const inputs = this.#inputs;
    if (inputs.broken()) throw new DrillError();
    this.#metrics = portfolioMetrics(inputs.holdings(), (symbol) => inputs.quoteOf(symbol), inputs.decimals);
    return this.#metrics;
  }

  /** Nothing to let go: the registry holds the state. */
  stop(): Promise<void> {
    return Promise.resolve();
  }
}
