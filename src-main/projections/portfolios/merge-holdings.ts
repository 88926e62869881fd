import type { HoldingRecord } from '../../../src-contract/checkpoint.ts';
import type { HoldingBody } from '../../../src-contract/event-bodies.ts';

/**
 * Brings published holdings to their stored form: the same symbol twice adds its quantities, and its average price is
 * weighted by them. The order of first appearance stays.
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
  const total = before.quantity + quantity;
  return {
    symbol: before.symbol,
    quantity: total,
    avgPrice: total === 0 ? avgPrice : (before.quantity * before.avgPrice + quantity * avgPrice) / total,
  };
}
