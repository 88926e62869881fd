import { fits } from '../../../src-contract/rounded-product.ts';
import { noteOldest } from '../quotes/freshness.ts';
import type { RegisteredPortfolio } from './portfolio-registry.ts';

/** Sums over all shared portfolios, in minor units. */
export interface CommunityTotals {
  value: number;
  cost: number;
  gain: number;
  /** Cost of the holdings that have a price: what `gain` is measured against. */
  pricedCost: number;
  /** A portfolio is partial, has never been computed, or would make a sum too large to be exact and is left out. */
  partial: boolean;
  /** Time of the oldest price used, UTC milliseconds. */
  asOf: number | null;
  /** The same by source. */
  oldest: ReadonlyMap<string, number>;
}

/** Sums of what every portfolio says of itself. */
export function communityTotals(portfolios: Iterable<RegisteredPortfolio>): CommunityTotals {
  const oldest = new Map<string, number>();
  const sums = { value: 0, cost: 0, gain: 0, pricedCost: 0 };
  const totals: CommunityTotals = { ...sums, partial: false, asOf: null, oldest };
  for (const { metrics } of portfolios) {
    if (
      metrics === null ||
      !fits(totals.value, metrics.totalValue) ||
      !fits(totals.cost, metrics.costBasis)
    ) {
      totals.partial = true;
      continue;
    }
    totals.value += metrics.totalValue;
    totals.cost += metrics.costBasis;
    totals.gain += metrics.gain;
    totals.pricedCost += metrics.pricedCost;
    totals.partial ||= metrics.partial;
    for (const [source, asOf] of metrics.oldest) noteOldest(oldest, source, asOf);
    if (metrics.asOf !== null) totals.asOf = Math.min(totals.asOf ?? Infinity, metrics.asOf);
  }
  return totals;
}
