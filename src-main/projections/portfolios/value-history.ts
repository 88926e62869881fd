import { communityTotals } from './community-totals.ts';
import type { PendingCheckpoint } from './pending-checkpoint.ts';
import type { PortfolioRegistry, RegisteredPortfolio } from './portfolio-registry.ts';

/** Length of a bucket of the value history, in milliseconds. */
export const MINUTE_MS = 60_000;
/** Values kept in memory for a spark. */
export const SPARK_POINTS = 60;

/**
 * Records values per minute of event time. The open minute is the latest that any event has reached; it is written at
 * every checkpoint too, so that a restart finds it, and written over until it closes.
 */
export class ValueHistory {
  readonly #registry: PortfolioRegistry;
  readonly #pending: PendingCheckpoint;
  readonly #sparkChanged: (slug: string) => void;
  #minute: number;

  /** @param minute start of the open minute, UTC milliseconds; 0 before the first event. */
  constructor(
    registry: PortfolioRegistry,
    pending: PendingCheckpoint,
    minute: number,
    sparkChanged: (slug: string) => void,
  ) {
    this.#registry = registry;
    this.#pending = pending;
    this.#minute = minute;
    this.#sparkChanged = sparkChanged;
  }

  /** Whether an event of this time begins a new minute: then everything must be settled and recorded first. */
  opensMinute(time: number): boolean {
    return time >= this.#minute + MINUTE_MS;
  }

  /** Closes the open minute and opens the one of this time. */
  advance(time: number): void {
    if (this.#minute > 0) {
      this.record();
      for (const portfolio of this.#registry.all()) portfolio.touched = false;
    }
    this.#minute = Math.floor(time / MINUTE_MS) * MINUTE_MS;
  }

  /** Writes the open minute of everything that changed in it. */
  record(): void {
    if (this.#minute === 0) return;
    const { value, cost } = communityTotals(this.#registry.all());
    for (const portfolio of this.#registry.all()) if (portfolio.touched) this.#recordPortfolio(portfolio);
    this.#pending.community({ minute: this.#minute, value, cost, portfolioCount: this.#registry.size });
  }

  #recordPortfolio(portfolio: RegisteredPortfolio): void {
    const { metrics, record, spark } = portfolio;
    if (metrics === null) return;
    this.#pending.value({
      slug: record.slug,
      minute: this.#minute,
      value: metrics.totalValue,
      cost: metrics.costBasis,
    });
    const last = spark.at(-1);
    if (last?.minute === this.#minute) {
      if (last.value === metrics.totalValue) return;
      last.value = metrics.totalValue;
    } else {
      spark.push({ minute: this.#minute, value: metrics.totalValue });
      if (spark.length > SPARK_POINTS) spark.shift();
    }
    this.#sparkChanged(record.slug);
  }
}
