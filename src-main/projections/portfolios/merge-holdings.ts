import type { HoldingRecord } from '../../../src-contract/checkpoint.ts';
import type { HoldingBody } from '../../../src-contract/event-bodies.ts';
import {
  decimalOf,
  decimalProduct,
  decimalQuotient,
  decimalSum,
  toNumber,
} from '../../../src-contract/decimal.ts';

/**
 * Brings published holdings to their stored form: the same symbol twice adds its quantities, and its average price is
 * weighted by them, both as the decimal numbers are written: 0.1 and 0.2 are 0.3. The order of first appearance stays.
 */
export function mergeHoldings(holdings: readonly HoldingBody[]): HoldingRecord[] {
  const merged = new Map<string, HoldingRecord>();
  for (const { symbol, quantity, avg_price: avgPrice } of holdings) {
    const before = merged.get(symbol);
    merged.set(
      symbol,
      before === undefined ? { symbol, quantity, avgPrice } : joined(before, quantity, avgPrice),
    );
  }
  return [...merged.values()];
}

function joined(before: HoldingRecord, quantity: number, avgPrice: number): HoldingRecord {
  const [earlier, later] = [decimalOf(before.quantity), decimalOf(quantity)];
  const total = decimalSum(earlier, later);
  const paid = decimalSum(
    decimalProduct(earlier, decimalOf(before.avgPrice)),
    decimalProduct(later, decimalOf(avgPrice)),
  );
  return {
    symbol: before.symbol,
    quantity: toNumber(total),
    avgPrice: total.digits === 0n ? avgPrice : decimalQuotient(paid, total),
  };
}
