import type { EngineParts } from './engine-parts.ts';
import { pollingFeedSources } from './polling/polling-feed-sources.ts';
import { portfolioFeedSources } from './portfolio-feed-sources.ts';
import { systemFeedSources } from './system-feed-sources.ts';
import { tickerFeedSources } from './tickers/ticker-feed-sources.ts';

/** Where every feed reads what it shows. */
export function engineFeeds(parts: EngineParts) {
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
    ...systemFeedSources({
      status: () => parts.status,
      clients: () => parts.clients,
      settings: () => parts.settings.read(),
    }),
  };
}
