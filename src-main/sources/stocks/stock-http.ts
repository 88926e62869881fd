/** A way to ask a stock API. Made for one API; closing it ends its connections. */
export interface StockHttp {
  /**
   * Asks for the prices of these symbols, at most 100.
   * @returns the parsed body of a 2xx answer.
   * @throws RateLimitedError on 429; StockApiError on every other failure; the signal's reason when that is aborted.
   */
  fetch(symbols: readonly string[], signal: AbortSignal): Promise<unknown>;
  /** Ends its connections at once. */
  close(): Promise<void>;
}
