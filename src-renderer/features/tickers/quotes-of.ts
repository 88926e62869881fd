import { NO_PRICE, type Quote } from '../../../src-contract/ticker.ts';

/** What stands for a watched symbol of which the engine has said nothing yet. */
function unpricedQuote(symbol: string): Quote {
  return { ...NO_PRICE, symbol, currency: 'USD', watched: true };
}

/** The quotes of a list, in its order. */
export function quotesOf(
  symbols: readonly string[],
  quotes: ReadonlyMap<string, Quote>,
): ReadonlyMap<string, Quote> {
  return new Map(symbols.map((symbol) => [symbol, quotes.get(symbol) ?? unpricedQuote(symbol)]));
}
