import { ContractError } from '../../../src-contract/result.ts';
import {
  DEFAULT_WATCHLIST,
  MAX_LIST_SYMBOLS,
  MAX_WATCHED,
  type Subscription,
} from '../../../src-contract/ticker.ts';
import type { WatchlistRecord } from '../../../src-contract/ticker-checkpoint.ts';
import { newSymbol, typedSymbol } from './typed-symbol.ts';
import { watchlistOf } from './watchlist-of.ts';

/**
 * The lists with a symbol at the end of one of them.
 * @param text the symbol as it was typed.
 * @param list id of the list; without one it is the list that is always there.
 * Throws `invalid_argument` for what is no symbol, `not_found` for what is no list, and `conflict` when the list has the
 * symbol already or something is full.
 */
export function subscribe(
  lists: readonly WatchlistRecord[],
  text: string,
  list = DEFAULT_WATCHLIST,
): WatchlistRecord[] {
  const symbol = newSymbol(text);
  const { id, name, symbols } = watchlistOf(lists, list);
  if (symbols.includes(symbol)) throw new ContractError('conflict', `${symbol} is already in ${name}`);
  if (symbols.length >= MAX_LIST_SYMBOLS) throw new ContractError('conflict', fullList(name));
  return withinLimit(replaced(lists, { id, name, symbols: [...symbols, symbol] }));
}

/**
 * The lists without a symbol: of one list, or of all.
 * Throws `invalid_argument` for what is no symbol, and `not_found` where it is not watched.
 */
export function unsubscribe(
  lists: readonly WatchlistRecord[],
  text: string,
  list?: string,
): WatchlistRecord[] {
  const symbol = typedSymbol(text);
  const from = list === undefined ? lists : [watchlistOf(lists, list)];
  if (!from.some(({ symbols }) => symbols.includes(symbol))) {
    const where = list === undefined ? 'watched' : `in ${watchlistOf(lists, list).name}`;
    throw new ContractError('not_found', `${symbol} is not ${where}`);
  }
  return lists.map((one) =>
    list === undefined || one.id === list
      ? { ...one, symbols: one.symbols.filter((other) => other !== symbol) }
      : one,
  );
}

/** Every watched symbol with the ids of the lists that name it, in the order of the alphabet. */
export function subscriptionsOf(lists: readonly WatchlistRecord[]): Subscription[] {
  const listsOf = new Map<string, string[]>();
  for (const { id, symbols } of lists) {
    for (const symbol of symbols) {
      const known = listsOf.get(symbol);
      if (known === undefined) listsOf.set(symbol, [id]);
      else known.push(id);
    }
  }
  return [...listsOf].sort(([a], [b]) => (a < b ? -1 : 1)).map(([symbol, ids]) => ({ symbol, lists: ids }));
}

/** The lists as they are, unless they name more different symbols than may be watched: that throws `conflict`. */
export function withinLimit(lists: WatchlistRecord[]): WatchlistRecord[] {
  const watched = new Set(lists.flatMap(({ symbols }) => symbols)).size;
  if (watched <= MAX_WATCHED) return lists;
  const most = MAX_WATCHED.toLocaleString('en');
  throw new ContractError(
    'conflict',
    `that would be ${watched.toLocaleString('en')} different symbols in all watchlists; at most ${most} can be watched`,
  );
}

/** The words for a list that takes no further symbol. */
export function fullList(name: string): string {
  return `${name} is full: a watchlist has at most ${MAX_LIST_SYMBOLS} symbols`;
}

function replaced(lists: readonly WatchlistRecord[], changed: WatchlistRecord): WatchlistRecord[] {
  return lists.map((list) => (list.id === changed.id ? changed : list));
}
