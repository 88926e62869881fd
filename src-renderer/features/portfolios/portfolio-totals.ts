import { toMinor, toMoney, type Money } from '../../../src-contract/money.ts';
import type { PortfolioSummary } from '../../../src-contract/portfolio.ts';

/** Totals of the rows that pass the filter: sums of their rounded amounts, to the cent. */
export interface PortfolioTotals {
  value: Money;
  dayChange: Money;
  gain: Money;
  cost: Money;
  holdings: number;
}

/** Adds the rows up; null when there is none, because then there is no currency either. */
export function portfolioTotals(rows: readonly PortfolioSummary[]): PortfolioTotals | null {
  const currency = rows[0]?.total_value.currency;
  if (currency === undefined) return null;
  const sum = (of: (row: PortfolioSummary) => Money | null) =>
    toMoney(
      rows.reduce((total, row) => {
        const money = of(row);
        return money === null ? total : total + toMinor(money);
      }, 0),
      currency,
    );
  return {
    value: sum((row) => row.total_value),
    dayChange: sum((row) => row.day_change),
    gain: sum((row) => row.gain),
    cost: sum((row) => row.cost_basis),
    holdings: rows.reduce((total, row) => total + row.holding_count, 0),
  };
}
