import type { PortfolioListener, PriceChoice } from '../projections/portfolios/portfolio-projection.ts';
import type { TickerListener } from '../projections/tickers/ticker-projection.ts';
import type { EntranceLimits } from '../pipeline/entrance-options.ts';
import type { StageDemands } from '../pipeline/stages/pipeline-stages.ts';
import type { Clock } from '../lib/clock.ts';
import type { LatencyHistogram } from '../lib/latency-histogram.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import type { Store } from '../store/open-store.ts';

/** What an environment's runtime is made of. */
export interface RuntimeOptions {
  env: string;
  store: Store;
  clock: Clock;
  random: Random;
  /** Calls back in the next turn of the loop; left out: of Node's. */
  soon?: (run: () => void) => void;
  log: Log;
  limits: EntranceLimits;
  decimals: number;
  /** How much each stage of the pipeline has in hand, at its start. */
  demands: () => StageDemands;
  /** Which prices count; changed later by the projection's `choosePrices`. */
  prices: PriceChoice;
  /** From which age on a price of a source is stale, in milliseconds; left out: as where no source has an interval. */
  staleAfter?: (source: string) => number;
  commitLatency: LatencyHistogram;
  listener: PortfolioListener;
  tickerListener: TickerListener;
  /** The currency of invoices that name none, now. */
  baseCurrency: () => string;
  /** Invoices came into view or left it. */
  onInvoices: () => void;
  /** Activity or analytics events were counted. */
  onEvents: () => void;
  /** The watchlists were changed; these symbols are watched now and were not, or the other way round. */
  onWatchlists: (symbols: readonly string[]) => void;
  /** A portfolio worker changed its state. */
  onWorker: (id: string) => void;
  onStored: (events: number) => void;
  /** A part of the work with the store, such as `batches of dev`, failed; null: it works again. */
  onStoreFailure: (part: string, error: unknown) => void;
  /** The store has been asked to forget these slugs. */
  onForget: (slugs: string[]) => void;
}
