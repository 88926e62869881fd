import type { HoldingBody } from '../../src-contract/event-bodies.ts';
import { productInCents } from './exact-decimal.ts';

/** What a portfolio must be worth, in cents. */
export interface ExpectedPortfolio {
  value: bigint;
  cost: bigint;
  gain: bigint;
  partial: boolean;
  holdings: { symbol: string; value: bigint | null; cost: bigint }[];
}

/**
 * A portfolio computed from its holdings and the last price of each symbol: sums of rounded rows, a holding without a
 * price left out of value and gain. Written without a line of the app.
 */
export function expectedPortfolio(
  holdings: readonly HoldingBody[],
  prices: ReadonlyMap<string, number>,
): ExpectedPortfolio {
  const rows = holdings.map(({ symbol, quantity, avg_price }) => {
    const price = prices.get(symbol);
    return {
      symbol,
      value: price === undefined ? null : productInCents(quantity, price),
      cost: productInCents(quantity, avg_price),
    };
  });
  const total = (of: (row: (typeof rows)[number]) => bigint): bigint =>
    rows.reduce((sum, row) => sum + of(row), 0n);
  return {
    value: total((row) => row.value ?? 0n),
    cost: total((row) => row.cost),
    gain: total((row) => (row.value === null ? 0n : row.value - row.cost)),
    partial: rows.some((row) => row.value === null),
    holdings: rows,
  };
}
