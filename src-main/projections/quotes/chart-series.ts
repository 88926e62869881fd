import type { ChartSeries } from '../../../src-contract/ticker.ts';
import type { QuoteBook } from './quote-book.ts';

/** What decides which prices charts show. */
export interface ChartChoice {
  quotes: QuoteBook;
  /** Sources that bring one series of prices by different ways: where the quote is of one, the others belong to it. */
  charted: readonly string[];
  /** The base currency: that of prices that name none. */
  currency: string;
}

/**
 * The prices that a chart of a symbol shows: those of the place and the currency of its quote, and no others; null while
 * there is no quote.
 * @param source the quote of this source alone; null: the one in use.
 */
export function chartSeries(
  symbol: string,
  { quotes, charted, currency: base }: ChartChoice,
  source: string | null = null,
): ChartSeries | null {
  const quote = source === null ? quotes.current(symbol) : quotes.ofSource(symbol, source);
  if (quote === null) return null;
  const currency = quote.currency ?? base;
  if (source !== null || !charted.includes(quote.source)) return { sources: [quote.source], currency };
  const sources = quotes
    .all(symbol)
    .filter((other) => charted.includes(other.source) && (other.currency ?? base) === currency)
    .map((other) => other.source);
  return { sources: sources.sort(byPlaceIn(quotes.preference)), currency };
}

/** Compares sources by their place in an order; those that are not in it come last, in the order of the alphabet. */
export function byPlaceIn(order: readonly string[]): (a: string, b: string) => number {
  const place = (source: string): number => {
    const found = order.indexOf(source);
    return found === -1 ? order.length : found;
  };
  return (a, b) => place(a) - place(b) || (a < b ? -1 : 1);
}
