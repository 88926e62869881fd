import type { FeedSources } from '../../router/feed-source.ts';
import type { StockPolling } from './stock-polling.ts';

/** The feeds about the stock API and its breaker. */
export function pollingFeedSources(polling: () => StockPolling): Pick<FeedSources, 'breaker' | 'polling'> {
  return {
    breaker: () => ({
      head: () => polling().breaker(),
      rows: () => polling().history,
      row: (key) => polling().history.find(({ id }) => String(id) === key) ?? null,
    }),
    polling: () => ({ head: () => polling().polling(), rows: () => [], row: () => null }),
  };
}
