import type { EngineParts } from './engine-parts.ts';
import { portfolioFeedSources } from './portfolio-feed-sources.ts';
import { systemFeedSources } from './system-feed-sources.ts';

/** Where every feed reads what it shows. */
export function engineFeeds(parts: EngineParts) {
  return {
    ...portfolioFeedSources(
      () => parts.active,
      () => parts.viewContext(),
      parts.currency.decimals,
    ),
    ...systemFeedSources({
      status: () => parts.status,
      clients: () => parts.clients,
      settings: () => parts.settings.read(),
    }),
  };
}
