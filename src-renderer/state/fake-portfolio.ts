import type { Community, Holding, PortfolioSummary } from '../../src-contract/portfolio.ts';

const AT = '2026-11-21T09:59:58.000Z';
const provenance = { as_of: AT, source: 'demo', freshness: 'live' } as const;

/** An amount in dollars, for component tests. */
export const usd = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'USD' });

/** A shared portfolio in which all is well, for component tests; `patch` says what is different. */
export function fakeSummary(slug: string, patch: Partial<PortfolioSummary> = {}): PortfolioSummary {
  return {
    slug,
    total_value: usd('1000.00'),
    cost_basis: usd('900.00'),
    gain: usd('100.00'),
    gain_percent: 11.11,
    day_change: usd('10.00'),
    day_change_percent: 1,
    holding_count: 2,
    partial: false,
    opted_in_at: '2026-11-20T08:00:00.000Z',
    updated_at: '2026-11-21T08:00:00.000Z',
    ...provenance,
    ...patch,
  };
}

/** A holding with a price, for component tests; `patch` says what is different. */
export function fakeHolding(symbol: string, patch: Partial<Holding> = {}): Holding {
  return {
    symbol,
    quantity: 10,
    avg_price: 90,
    price: 100,
    change_percent: 0.5,
    value: usd('1000.00'),
    cost: usd('900.00'),
    gain: usd('100.00'),
    gain_percent: 11.11,
    weight: 0.5,
    ...provenance,
    ...patch,
  };
}

/** Totals over two portfolios, for component tests; `patch` says what is different. */
export function fakeCommunity(patch: Partial<Community> = {}): Community {
  return {
    portfolio_count: 2,
    total_value: usd('3000.00'),
    cost_basis: usd('2900.00'),
    gain: usd('100.00'),
    gain_percent: 3.45,
    day_change: usd('-12.34'),
    day_change_percent: -0.41,
    partial: false,
    symbol_count: 3,
    most_held: [
      { symbol: 'AAPL', portfolios: 2, value: usd('1500.00'), price: 150 },
      { symbol: 'MSFT', portfolios: 1, value: usd('900.00'), price: null },
    ],
    movers: [
      { slug: 'growth-one', total_value: usd('2000.00'), day_change: usd('40.00'), day_change_percent: 2 },
      { slug: 'value-two', total_value: usd('1000.00'), day_change: usd('-9.00'), day_change_percent: -0.9 },
    ],
    recent: [
      { at: AT, slug: null, change: 'opted_out' },
      { at: '2026-11-21T09:00:00.000Z', slug: 'growth-one', change: 'opted_in' },
    ],
    ...provenance,
    ...patch,
  };
}
