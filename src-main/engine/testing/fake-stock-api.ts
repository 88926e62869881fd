import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import { RateLimitedError } from '../../sources/stocks/rate-limited-error.ts';
import { StockApiError } from '../../sources/stocks/stock-api-error.ts';
import type { StockHttp } from '../../sources/stocks/stock-http.ts';

/** A stock API without a network: a new price for whatever it is asked for, or a failure, as the test says. */
export class FakeStockApi {
  /** What it was asked for, call by call. */
  readonly calls: (readonly string[])[] = [];
  /** Why every call fails, while it is set. */
  failure: string | null = null;
  /** For how long it asks to be left alone, in milliseconds: it answers 429 while this is set. */
  retryAfterMs: number | null = null;
  /** How old its prices are, in milliseconds. */
  ageMs = 0;
  /** What it answers instead of a new price for each symbol, while it is set. */
  answer: ((symbols: readonly string[], timestamp: string) => unknown) | null = null;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** A way to ask it. */
  readonly http = (): StockHttp => ({
    fetch: (symbols) => this.#answer(symbols),
    close: () => Promise.resolve(),
  });

  #answer(symbols: readonly string[]): Promise<unknown> {
    this.calls.push(symbols);
    if (this.failure !== null) return Promise.reject(new StockApiError(this.failure));
    if (this.retryAfterMs !== null)
      return Promise.reject(new RateLimitedError('stocks.test', this.retryAfterMs));
    const timestamp = toTimestamp(this.#clock.now() - this.ageMs);
    if (this.answer !== null) return Promise.resolve(this.answer(symbols, timestamp));
    return Promise.resolve(symbols.map((symbol) => ({ symbol, price: 100 + this.calls.length, timestamp })));
  }
}
