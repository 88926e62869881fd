import type { Channels, FeedName } from './channels.ts';

/**
 * The key field of each feed, once more beside the table: the page needs it without the schemas (compiling them needs
 * eval, which its policy forbids). The type makes a missing feed an error, and a spec compares the values.
 */
export const FEED_KEYS: { readonly [N in FeedName]: Channels[N]['key'] } = {
  status: 'id',
  clients: 'id',
  community: 'id',
  portfolios: 'slug',
  sparks: 'slug',
  portfolio: 'symbol',
  settings: 'id',
  quotes: 'symbol',
  tickerSparks: 'symbol',
  ticker: 'source',
  candles: 'time',
  breaker: 'id',
  polling: 'id',
  invoiceRun: 'id',
  invoiceStats: 'id',
  jobs: 'id',
  activity: 'id',
  analytics: 'at',
  eventTail: 'id',
  pipeline: 'id',
};

/** The field that identifies the rows of a feed. */
export function feedKey(feed: FeedName): string {
  return FEED_KEYS[feed];
}
