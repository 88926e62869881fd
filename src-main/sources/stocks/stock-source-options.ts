import type { SourceIntake } from '../../../src-contract/intake.ts';
import type { MockFaults, Polling } from '../../../src-contract/polling.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import type { EventSource } from '../source.ts';
import type { PollBreaker } from './poll-breaker.ts';
import type { StockHttp } from './stock-http.ts';

/** A polled price. */
export interface StockQuote {
  /** Normalised, such as `AAPL` or `SAP@XETR`. */
  readonly symbol: string;
  readonly price: number;
  /** In percent; null where the provider says none. */
  readonly changePercent: number | null;
  /** ISO code; null: the base currency. */
  readonly currency: string | null;
  /** The provider's timestamp in UTC milliseconds. */
  readonly asOf: number;
}

/** The API that is polled. Holds its key. */
export interface StockApi {
  readonly kind: 'mock' | 'external';
  /** With its path, such as `http://127.0.0.1:4100/api/stock-prices`. */
  readonly url: string;
  /** Header that carries the key. */
  readonly keyHeader: string;
  /** Empty: no key is sent. */
  readonly key: string;
  /** Path of a CA certificate; empty: the default ones. */
  readonly tlsCa: string;
}

/** What a stock source works with. Functions are asked anew before every poll. */
export interface StockSourceOptions {
  readonly api: StockApi;
  /** Seconds between polls when nothing asks for more. */
  readonly baseSeconds: number;
  /** The normalised symbols to fetch; none: nothing is called. */
  readonly wanted: () => Iterable<string>;
  /** False while another instance polls for this one. */
  readonly mayPoll: () => boolean;
  /** Whether clients are connected and none of them is visible. */
  readonly hidden: () => boolean;
  /** Outlives the source: its state is kept over a crash of it. */
  readonly breaker: PollBreaker;
  readonly intake: SourceIntake;
  /** The provider's timestamp of the newest stored quote of this source, UTC milliseconds. */
  readonly lastAsOf: (symbol: string) => number | null;
  /** New quotes of one poll, once they are stored. */
  readonly onQuotes: (quotes: readonly StockQuote[]) => void;
  /** Told what stopped the polling for good: the run has failed. */
  readonly fail: (error: unknown) => void;
  /** Faults of the built-in mock; null for any other API. */
  readonly faults: () => MockFaults | null;
  /** What is wrong with the API though it gives prices, in words for its status; null, or left out: nothing. */
  readonly problem?: () => string | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** How the API is asked; left out: over HTTP. */
  readonly http?: StockHttp;
}

/** How prices are polled, as the contract has it, apart from what only the engine knows. */
export type PollingView = Omit<Polling, 'env' | 'sharing'>;

/** A running poller of one stock API. */
export interface StockSource extends EventSource {
  /** How prices are polled now. */
  polling(): PollingView;
  /** Symbols that the API has answered with so far, whether wanted or not, at most 5,000. */
  knownSymbols(): Iterable<string>;
  /** Something asked by a function of the options may answer otherwise: plans the next poll anew, soon if need be. */
  wake(): void;
  /** Calls back when `polling()`, or the view of the breaker, has changed; returns what stops that. */
  onPolling(listener: () => void): () => void;
}
