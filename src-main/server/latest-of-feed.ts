import type { FeedName, FeedParams } from '../../src-contract/channels.ts';
import type { ContractClient, FeedView } from '../../src-contract/client.ts';
import type { Clock } from '../lib/clock.ts';

/** A feed that shows nothing for this long is taken for one that cannot be had, in milliseconds. */
const PATIENCE_MS = 2000;

/** What a feed shows now; null when the engine is away, refuses the feed or says nothing. Nothing stays open. */
export async function latestOfFeed<N extends FeedName>(
  client: Pick<ContractClient, 'open'>,
  clock: Pick<Clock, 'after'>,
  feed: N,
  params: FeedParams<N>,
): Promise<NonNullable<FeedView<N>['state']> | null> {
  const found = Promise.withResolvers<FeedView<N>['state']>();
  const cancel = clock.after(PATIENCE_MS, () => found.resolve(null));
  const close = client.open(feed, params, ({ status, state }) => {
    if (status.status !== 'waiting') found.resolve(status.status === 'live' ? state : null);
  });
  try {
    return await found.promise;
  } finally {
    cancel();
    close();
  }
}
