/** A call of the stock API that failed as a whole; the message says how, without credentials. */
export class StockApiError extends Error {
  override readonly name = 'StockApiError';
}
