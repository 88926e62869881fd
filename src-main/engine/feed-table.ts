import type { PortfolioListener } from '../projections/portfolios/portfolio-projection.ts';
import { paramsText, type Publisher } from '../router/publisher.ts';
import type { EventViews } from './events/event-views.ts';
import type { PriceTouches } from './tickers/price-touches.ts';

/** What can happen inside the engine that a screen shows. */
export interface EngineChanges extends PortfolioListener {
  /** Prices came, the earliest of this time in UTC milliseconds; left out: only their freshness changed. */
  priceChanged(symbol: string, earliest?: number): void;
  tickerSparkChanged(symbol: string): void;
  /** Watchlists changed; these symbols are watched now and were not, or the other way round. */
  watchlistsChanged(symbols: readonly string[]): void;
  /** Invoices came into view or left it, or are counted otherwise. */
  invoicesChanged(): void;
  /** Activity or analytics events were counted. */
  eventsCounted(): void;
  /** The simulator's run changed. */
  runChanged(): void;
  /** A job began, went on, ended or left the list. */
  jobChanged(id: string): void;
  breakerChanged(): void;
  pollingChanged(): void;
  serviceChanged(id: string): void;
  statusChanged(): void;
  clientsChanged(): void;
  clientChanged(id: string): void;
  settingsChanged(): void;
}

/**
 * Which change feeds which channel: the one place that says so. The publisher merges what is touched here and sends the
 * latest at frame rate; notices about an environment that is not active are not passed on by the engine.
 *
 * | change             | feeds                                             |
 * | ------------------ | ------------------------------------------------- |
 * | portfolio          | portfolios row, portfolio {slug} head and rows    |
 * | holdings replaced  | portfolio {slug} as a whole                       |
 * | spark              | sparks row                                        |
 * | community          | community head                                    |
 * | service            | status row                                        |
 * | status             | status head                                       |
 * | clients, client    | clients head, clients row                         |
 * | settings           | settings head                                     |
 * | price              | quotes row, ticker {symbol} head and rows, candles {symbol} head and rows: see PriceTouches |
 * | ticker spark       | tickerSparks row                                  |
 * | watchlists         | quotes head, quotes and tickerSparks rows         |
 * | breaker            | breaker as a whole, status head                   |
 * | polling            | polling head, breaker head                        |
 * | invoices           | invoiceStats head                                 |
 * | events             | activity head, analytics {window} and eventTail {family} head and rows: see EventViews |
 * | run                | invoiceRun head                                   |
 * | job                | jobs head, jobs row                               |
 */
export function feedTable(
  publisher: Publisher,
  prices: PriceTouches,
  events: EventViews,
  symbolsOf: (slug: string) => Iterable<string>,
): EngineChanges {
  return {
    portfolioChanged(slug) {
      publisher.touch('portfolios', slug);
      const params = paramsText({ slug });
      publisher.touchHead('portfolio', params);
      if (publisher.isRead('portfolio', params)) {
        for (const symbol of symbolsOf(slug)) publisher.touch('portfolio', symbol, params);
      }
    },
    holdingsReplaced: (slug) => publisher.replace('portfolio', paramsText({ slug })),
    sparkChanged: (slug) => publisher.touch('sparks', slug),
    communityChanged: () => publisher.touchHead('community'),
    serviceChanged: (id) => publisher.touch('status', id),
    statusChanged: () => publisher.touchHead('status'),
    clientsChanged: () => publisher.touchHead('clients'),
    clientChanged: (id) => publisher.touch('clients', id),
    settingsChanged: () => publisher.touchHead('settings'),
    priceChanged: (symbol, earliest) => prices.changed(symbol, earliest),
    tickerSparkChanged: (symbol) => publisher.touch('tickerSparks', symbol),
    watchlistsChanged(symbols) {
      publisher.touchHead('quotes');
      for (const symbol of symbols) {
        publisher.touch('quotes', symbol);
        publisher.touch('tickerSparks', symbol);
      }
    },
    invoicesChanged: () => publisher.touchHead('invoiceStats'),
    eventsCounted: () => events.changed(),
    runChanged: () => publisher.touchHead('invoiceRun'),
    jobChanged(id) {
      publisher.touchHead('jobs');
      publisher.touch('jobs', id);
    },
    breakerChanged() {
      publisher.replace('breaker');
      publisher.touchHead('status');
    },
    pollingChanged() {
      publisher.touchHead('polling');
      publisher.touchHead('breaker');
    },
  };
}
