import type { Money } from '../../../src-contract/money.ts';
import type { PortfolioSummary } from '../../../src-contract/portfolio.ts';
import { totalMoney } from '../../state/total-money.ts';

/** Totals of the rows that pass the filter, one amount per currency: sums of their rounded amounts, to the cent. */
export interface PortfolioTotals {
  value: Money[];
  dayChange: Money[];
  gain: Money[];
  holdings: number;
}

/** Adds the rows up. */
export function portfolioTotals(rows: readonly PortfolioSummary[]): PortfolioTotals {
  return {
    value: totalMoney(rows, (row) => row.total_value),
    dayChange: totalMoney(rows, (row) => row.day_change),
    gain: totalMoney(rows, (row) => row.gain),
    holdings: rows.reduce((total, row) => total + row.holding_count, 0),
  };
}
