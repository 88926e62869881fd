import { ContractError } from '../../../src-contract/result.ts';
import { DEFAULT_WATCHLIST, type Watchlist } from '../../../src-contract/ticker.ts';
import type { WatchlistRecord } from '../../../src-contract/ticker-checkpoint.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import { TokenBucket } from '../../lib/token-bucket.ts';
import { subscribe, subscriptionsOf, unsubscribe } from '../../projections/watchlists/subscriptions.ts';
import { typedSymbol } from '../../projections/watchlists/typed-symbol.ts';
import {
  createWatchlist,
  orderSymbols,
  orderWatchlists,
  removeWatchlist,
  renameWatchlist,
} from '../../projections/watchlists/watchlist-edits.ts';
import { watchlistOf } from '../../projections/watchlists/watchlist-of.ts';
import type { Handlers } from '../../router/handlers.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { listPage } from '../list-page.ts';

/** Changes of watchlists that are taken, of all clients together. */
const CHANGES = { perSecond: 10, burst: 40 };
const DEFAULT_LIMIT = 100;

/** What the handlers about watchlists work with. */
export interface WatchlistHandlerOptions {
  active: () => EnvironmentRuntime;
  read: (env: string | undefined) => Promise<EnvironmentRuntime>;
  clock: Clock;
  random: Random;
}

type WatchlistCalls =
  | 'subscriptions.list'
  | 'subscription.add'
  | 'subscription.remove'
  | 'watchlists.get'
  | 'watchlist.create'
  | 'watchlist.rename'
  | 'watchlist.remove'
  | 'watchlists.order'
  | 'watchlist.order';

type Edit = (lists: readonly WatchlistRecord[]) => WatchlistRecord[];

/** Handlers of the queries and commands about what is watched. Commands change the active environment's lists. */
export function watchlistHandlers(options: WatchlistHandlerOptions): Pick<Handlers, WatchlistCalls> {
  const { active, read, clock, random } = options;
  const changes = new TokenBucket(CHANGES, clock);
  /** Makes a change and answers the lists after it. */
  const change = (edit: Edit): Promise<readonly WatchlistRecord[]> => {
    if (!changes.take()) {
      throw new ContractError(
        'too_many',
        `watchlists were changed too often: ${CHANGES.perSecond} changes a second are taken, ${CHANGES.burst} at once`,
      );
    }
    return active().watchlists.change(edit);
  };
  return {
    'subscriptions.list': async ({ env, limit, cursor }) => {
      const all = subscriptionsOf((await read(env)).watchlists.lists);
      return listPage(all, ({ symbol }) => symbol, limit ?? DEFAULT_LIMIT, cursor);
    },
    'subscription.add': async ({ symbol: text, list = DEFAULT_WATCHLIST }) => {
      const lists = await change((known) => subscribe(known, text, list));
      const symbol = typedSymbol(text);
      return {
        symbol,
        lists: lists.filter(({ symbols }) => symbols.includes(symbol)).map(({ id }) => id),
      };
    },
    'subscription.remove': async ({ symbol, list }) => {
      await change((known) => unsubscribe(known, symbol, list));
      return { done: true };
    },
    'watchlists.get': async ({ env }) => ({ watchlists: toWatchlists((await read(env)).watchlists.lists) }),
    'watchlist.create': async (wanted) => {
      const lists = await change((known) => createWatchlist(known, wanted, random));
      const { id } = lists.at(-1) ?? { id: '' };
      return toWatchlist(watchlistOf(lists, id));
    },
    'watchlist.rename': async ({ id, name }) =>
      toWatchlist(watchlistOf(await change((known) => renameWatchlist(known, id, name)), id)),
    'watchlist.remove': async ({ id }) => {
      await change((known) => removeWatchlist(known, id));
      return { done: true };
    },
    'watchlists.order': async ({ ids }) => ({
      watchlists: toWatchlists(await change((known) => orderWatchlists(known, ids))),
    }),
    'watchlist.order': async ({ id, symbols }) =>
      toWatchlist(watchlistOf(await change((known) => orderSymbols(known, id, symbols)), id)),
  };
}

/** Watchlists in the words of the contract. */
export function toWatchlists(lists: readonly WatchlistRecord[]): Watchlist[] {
  return lists.map(toWatchlist);
}

function toWatchlist({ id, name, symbols }: WatchlistRecord): Watchlist {
  return { id, name, symbols: [...symbols] };
}
