import { enteringSymbol } from '../../../../src-contract/instrument.ts';

/** A simulated instrument and the range in which its price stays. */
export interface PriceRange {
  /** Normalised. */
  readonly symbol: string;
  readonly low: number;
  readonly high: number;
}

/** Most symbols of a file of ranges. */
export const MAX_RANGES = 1000;
const MAX_PRICE = 1e9;

/**
 * Reads ranges as the file has them: `{"symbols":[{"symbol":"AAPL","low":145,"high":155}]}`. Other fields are left alone.
 * Throws an Error that names the place and what is accepted there.
 */
export function parsePriceRanges(text: string): PriceRange[] {
  const { symbols } = (JSON.parse(text) ?? {}) as { symbols?: unknown };
  if (!Array.isArray(symbols)) throw new Error('/symbols must be a list');
  if (symbols.length > MAX_RANGES) {
    throw new Error(`/symbols has ${symbols.length} entries; at most ${MAX_RANGES} are accepted`);
  }
  const ranges = symbols.map((entry: unknown, index) => rangeOf(entry, `/symbols/${index}`));
  const known = new Set<string>();
  for (const [index, { symbol }] of ranges.entries()) {
    if (known.has(symbol)) throw new Error(`/symbols/${index} names ${symbol} a second time`);
    known.add(symbol);
  }
  return ranges;
}

function rangeOf(entry: unknown, place: string): PriceRange {
  if (typeof entry !== 'object' || entry === null) {
    throw new Error(`${place} must be an object such as {"symbol":"AAPL","low":145,"high":155}`);
  }
  const { symbol: written, low, high } = entry as Record<string, unknown>;
  const symbol = typeof written === 'string' ? enteringSymbol(written) : null;
  if (symbol === null) {
    throw new Error(`${place}/symbol ${JSON.stringify(written)} is no symbol; such as AAPL is`);
  }
  if (!isPrice(low) || !isPrice(high) || low > high) {
    throw new Error(`${place} (${symbol}) needs 0 < low ≤ high ≤ ${MAX_PRICE}`);
  }
  return { symbol, low, high };
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= MAX_PRICE;
}
