import type { Freshness } from '../../src-contract/portfolio.ts';
import { freshnessOf } from '../projections/portfolios/portfolio-views.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';

/** Notices values that age without any event: live becomes late, late becomes stale. Holds one word per portfolio. */
export class FreshnessWatch {
  #seen = new Map<string, Freshness>();

  /** Compares with the look before; answers the slugs whose freshness changed. */
  changed(runtime: EnvironmentRuntime, now: number): string[] {
    const before = this.#seen;
    this.#seen = new Map();
    const changed: string[] = [];
    for (const { record, metrics } of runtime.projection.registry.all()) {
      const freshness = freshnessOf(metrics?.asOf ?? null, now);
      this.#seen.set(record.slug, freshness);
      const known = before.get(record.slug);
      if (known !== undefined && known !== freshness) changed.push(record.slug);
    }
    return changed;
  }
}
