import type { FeedSources } from '../router/feed-source.ts';
import type { QuoteContext } from '../projections/tickers/quote-views.ts';
import type { Conversion } from '../projections/invoices/converted-sums.ts';
import type { ViewContext } from '../projections/portfolios/portfolio-views.ts';
import type { BaseCurrency } from './base-currency.ts';
import type { Clients } from './clients.ts';
import type { EngineStatus } from './engine-status.ts';
import type { EnvironmentRuntime } from './environment-runtime.ts';
import type { EventViews } from './events/event-views.ts';
import { invoiceFeedSources, invoiceStats } from './invoices/invoice-feed-sources.ts';
import type { InvoiceSimulator } from './invoices/invoice-simulator.ts';
import { jobFeedSource } from './jobs/job-feed-source.ts';
import type { JobList } from './jobs/job-list.ts';
import type { StockPolling } from './polling/stock-polling.ts';
import type { SettingsStore } from './settings-store.ts';
import { pollingFeedSources } from './polling/polling-feed-sources.ts';
import type { PressureMap } from './pressure/pressure-map.ts';
import { portfolioFeedSources } from './portfolio-feed-sources.ts';
import { systemFeedSources } from './system-feed-sources.ts';
import { tickerFeedSources, type TickerFeedReadings } from './tickers/ticker-feed-sources.ts';

/** What the feeds read, at the moment they are read: most of it does not exist when they are made. */
export interface EngineReadings {
  readonly active: EnvironmentRuntime;
  readonly currency: BaseCurrency;
  readonly shownCandles: TickerFeedReadings['shown'];
  readonly candleRevisions: TickerFeedReadings['revisions'];
  readonly polling: StockPolling;
  readonly status: EngineStatus;
  readonly clients: Clients;
  readonly settings: SettingsStore;
  readonly simulator: InvoiceSimulator;
  readonly jobs: JobList;
  readonly eventViews: EventViews;
  readonly pressure: PressureMap;
  viewContext(): ViewContext;
  conversion(): Conversion;
  quoteContext(runtime: EnvironmentRuntime): QuoteContext;
}

/** Where every feed reads what it shows. */
export function engineFeeds(parts: EngineReadings): FeedSources {
  return {
    ...portfolioFeedSources(
      () => parts.active,
      () => parts.viewContext(),
      parts.currency.decimals,
    ),
    ...tickerFeedSources({
      active: () => parts.active,
      context: () => parts.quoteContext(parts.active),
      shown: parts.shownCandles,
      revisions: parts.candleRevisions,
    }),
    ...pollingFeedSources(() => parts.polling),
    ...invoiceFeedSources({
      run: () => parts.simulator.status,
      stats: () => invoiceStats(parts.active, parts.conversion()),
    }),
    ...parts.eventViews.sources(),
    ...parts.pressure.source(),
    ...jobFeedSource(() => parts.jobs),
    ...systemFeedSources({
      status: () => parts.status,
      clients: () => parts.clients,
      settings: () => parts.settings.read(),
    }),
  };
}
