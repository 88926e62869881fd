import type { PortfolioRecord } from '../../../src-contract/checkpoint.ts';
import type { ServiceSpec } from '../../lib/service.ts';
import type { PortfolioMetrics } from './portfolio-metrics.ts';
import { PortfolioWorker, type WorkerInputs } from './portfolio-worker.ts';

/** The part of a supervisor that the registry uses. */
export interface WorkerSupervisor {
  add(spec: ServiceSpec): void;
  remove(id: string): Promise<void>;
}

/** A shared portfolio in memory: its record, its worker while it runs, and the metrics it had last. */
export interface RegisteredPortfolio {
  record: PortfolioRecord;
  running: boolean;
  metrics: PortfolioMetrics | null;
  /** Changed since the open minute began. */
  touched: boolean;
  /** The last 60 minutes' values, oldest first. */
  spark: { minute: number; value: number }[];
  worker: { instance: PortfolioWorker; fail: (error: unknown) => void } | null;
  broken: boolean;
}

const WORKER_PREFIX = 'portfolio:';

/** Supervisor id of a portfolio's worker. */
export function workerId(slug: string): string {
  return WORKER_PREFIX + slug;
}

/** All shared portfolios of an environment: found by slug, and by the symbols they hold, in O(1). */
export class PortfolioRegistry {
  readonly #supervisor: WorkerSupervisor;
  readonly #inputs: Pick<WorkerInputs, 'quoteOf' | 'decimals'>;
  readonly #recomputed: (slug: string) => void;
  readonly #bySlug = new Map<string, RegisteredPortfolio>();
  readonly #bySymbol = new Map<string, Set<string>>();

  /** @param recomputed is told the slug whose metrics changed. */
  constructor(
    supervisor: WorkerSupervisor,
    inputs: Pick<WorkerInputs, 'quoteOf' | 'decimals'>,
    recomputed: (slug: string) => void,
  ) {
    this.#supervisor = supervisor;
    this.#inputs = inputs;
    this.#recomputed = recomputed;
  }

  get size(): number {
    return this.#bySlug.size;
  }

  get(slug: string): RegisteredPortfolio | undefined {
    return this.#bySlug.get(slug);
  }

  slugs(): IterableIterator<string> {
    return this.#bySlug.keys();
  }

  all(): IterableIterator<RegisteredPortfolio> {
    return this.#bySlug.values();
  }

  /** Slugs that hold a symbol. */
  holders(symbol: string): ReadonlySet<string> {
    return this.#bySymbol.get(symbol) ?? NOBODY;
  }

  /** Every held symbol with its holders. */
  symbols(): IterableIterator<[string, ReadonlySet<string>]> {
    return this.#bySymbol.entries();
  }

  /** Adds a portfolio or replaces its holdings, and computes its metrics. */
  put(record: PortfolioRecord): RegisteredPortfolio {
    const known = this.#bySlug.get(record.slug);
    if (known === undefined) return this.#add(record);
    this.#index(known.record, false);
    known.record = record;
    this.#index(record, true);
    this.recompute(record.slug);
    return known;
  }

  /** Forgets a portfolio and stops its worker. */
  delete(slug: string): void {
    const known = this.#bySlug.get(slug);
    if (known === undefined) return;
    this.#bySlug.delete(slug);
    this.#index(known.record, false);
    void this.#supervisor.remove(workerId(slug));
  }

  /** Computes one portfolio's metrics again; a worker that throws is handed to its supervisor. */
  recompute(slug: string): void {
    const known = this.#bySlug.get(slug);
    if (known?.worker == null) return;
    try {
      known.metrics = known.worker.instance.recompute();
      this.#recomputed(slug);
    } catch (error) {
      known.worker.fail(error);
    }
  }

  /** Lets a worker fail now and at every start, until {@link repair}. */
  breakWorker(slug: string): void {
    const known = this.#bySlug.get(slug);
    if (known === undefined) return;
    known.broken = true;
    this.recompute(slug);
  }

  /** Ends {@link breakWorker} for the worker of this id. */
  repair(id: string): void {
    const known = this.#bySlug.get(id.slice(WORKER_PREFIX.length));
    if (known !== undefined) known.broken = false;
  }

  #add(record: PortfolioRecord): RegisteredPortfolio {
    const added: RegisteredPortfolio = {
      record,
      running: false,
      metrics: null,
      touched: false,
      spark: [],
      worker: null,
      broken: false,
    };
    this.#bySlug.set(record.slug, added);
    this.#index(record, true);
    this.#supervisor.add({
      id: workerId(record.slug),
      title: record.slug,
      start: ({ fail }) => this.#startWorker(added, fail),
    });
    return added;
  }

  #startWorker(portfolio: RegisteredPortfolio, fail: (error: unknown) => void) {
    const instance = new PortfolioWorker({
      ...this.#inputs,
      holdings: () => portfolio.record.holdings,
      broken: () => portfolio.broken,
    });
    portfolio.worker = { instance, fail };
    portfolio.running = true;
    portfolio.metrics = instance.metrics;
    this.#recomputed(portfolio.record.slug);
    return {
      stop: async () => {
        portfolio.worker = null;
        portfolio.running = false;
        this.#recomputed(portfolio.record.slug);
        await instance.stop();
      },
    };
  }

  #index(record: PortfolioRecord, held: boolean): void {
    for (const { symbol } of record.holdings) {
      const holders = this.#bySymbol.get(symbol);
      if (held && holders === undefined) this.#bySymbol.set(symbol, new Set([record.slug]));
      else if (held) holders?.add(record.slug);
      else if (holders?.delete(record.slug) === true && holders.size === 0) this.#bySymbol.delete(symbol);
    }
  }
}

const NOBODY: ReadonlySet<string> = new Set();
