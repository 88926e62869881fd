import { ContractError } from '../../../src-contract/result.ts';
import type { WatchlistRecord } from '../../../src-contract/ticker-checkpoint.ts';

/** The watchlist of an id; throws `not_found` that names those there are. */
export function watchlistOf(lists: readonly WatchlistRecord[], id: string): WatchlistRecord {
  const found = lists.find((list) => list.id === id);
  if (found !== undefined) return found;
  const known = lists.map((list) => list.id).join(', ');
  throw new ContractError(
    'not_found',
    `there is no watchlist with the id ${JSON.stringify(id)}; there are ${known}`,
  );
}
