import type { FeedHead, FeedName, FeedParams, FeedRow } from '../../src-contract/channels.ts';

/**
 * What a feed shows, read at the moment it is sent: the publisher remembers only which keys changed, never values, so a
 * slow reader gets the latest and costs nothing meanwhile.
 */
export interface FeedSource<N extends FeedName> {
  /** The head now. */
  head(): FeedHead<N>;
  /** All rows now. */
  rows(): FeedRow<N>[];
  /** One row now; null when its key is gone. */
  row(key: string): FeedRow<N> | null;
}

/** Makes the source of a feed for its parameters; throws a ContractError when they name nothing that can be shown. */
export type FeedSources = { [N in FeedName]: (params: FeedParams<N>) => FeedSource<N> };
