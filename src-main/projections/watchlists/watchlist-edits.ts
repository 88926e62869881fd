import { ContractError } from '../../../src-contract/result.ts';
import { DEFAULT_WATCHLIST, MAX_LIST_SYMBOLS, MAX_WATCHLISTS } from '../../../src-contract/ticker.ts';
import type { WatchlistRecord } from '../../../src-contract/ticker-checkpoint.ts';
import type { Random } from '../../lib/random.ts';
import { reordered } from './reordered.ts';
import { fullList, withinLimit } from './subscriptions.ts';
import { newSymbol, typedSymbol } from './typed-symbol.ts';
import { watchlistOf } from './watchlist-of.ts';

/** Length of the number in an id: with at most 20 lists two never meet for long. */
const ID_DIGITS = 36 ** 6;

/** Control characters, ends of lines, halves of characters, and what turns the direction of the text around it. */
const REFUSED_IN_NAMES = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What a new watchlist is to be: its name as typed, and its symbols as typed and in their order. */
export interface NewWatchlist {
  name: string;
  symbols?: readonly string[];
}

/**
 * The lists with a new one at the end, under an id that no other has.
 * Throws `conflict` when there are as many as there can be, when its name is taken, or when it has too many symbols;
 * `invalid_argument` for a symbol that is none or is named twice.
 */
export function createWatchlist(
  lists: readonly WatchlistRecord[],
  wanted: NewWatchlist,
  random: Random,
): WatchlistRecord[] {
  if (lists.length >= MAX_WATCHLISTS) {
    throw new ContractError('conflict', `there are ${lists.length} watchlists, as many as there can be`);
  }
  const name = freeName(lists, wanted.name);
  const symbols = newSymbols(wanted.symbols ?? [], name);
  return withinLimit([...lists, { id: freeId(lists, random), name, symbols }]);
}

/** The lists with another name for one of them; throws `not_found`, and `conflict` when another has that name. */
export function renameWatchlist(
  lists: readonly WatchlistRecord[],
  id: string,
  name: string,
): WatchlistRecord[] {
  const list = watchlistOf(lists, id);
  const others = lists.filter((other) => other.id !== id);
  const renamed = { ...list, name: freeName(others, name) };
  return lists.map((other) => (other.id === id ? renamed : other));
}

/** The lists without one of them; throws `not_found`, and `conflict` for the list that is always there. */
export function removeWatchlist(lists: readonly WatchlistRecord[], id: string): WatchlistRecord[] {
  const { name } = watchlistOf(lists, id);
  if (id === DEFAULT_WATCHLIST) {
    throw new ContractError(
      'conflict',
      `${name} stays: it takes what is subscribed to without naming a list`,
    );
  }
  return lists.filter((list) => list.id !== id);
}

/** The lists in another order. `ids` names every list once, else `conflict` or `invalid_argument` is thrown. */
export function orderWatchlists(
  lists: readonly WatchlistRecord[],
  ids: readonly string[],
): WatchlistRecord[] {
  return reordered(
    lists.map(({ id }) => id),
    ids,
    { field: '/ids', whole: 'the watchlists' },
  ).map((id) => watchlistOf(lists, id));
}

/**
 * The lists with the symbols of one in another order. `symbols` are as typed and name every symbol of the list once, else
 * `conflict` or `invalid_argument` is thrown; `not_found` when there is no such list.
 */
export function orderSymbols(
  lists: readonly WatchlistRecord[],
  id: string,
  symbols: readonly string[],
): WatchlistRecord[] {
  const list = watchlistOf(lists, id);
  const wanted = symbols.map((text, index) => typedSymbol(text, `/symbols/${index}`));
  const ordered = reordered(list.symbols, wanted, { field: '/symbols', whole: list.name });
  return lists.map((other) => (other.id === id ? { ...other, symbols: ordered } : other));
}

function freeName(others: readonly WatchlistRecord[], typed: string): string {
  const name = readableName(typed.trim());
  const taken = others.find((other) => other.name.toLowerCase() === name.toLowerCase());
  if (taken === undefined) return name;
  throw new ContractError('conflict', `there is a watchlist named ${taken.name} already`, { field: '/name' });
}

function readableName(name: string): string {
  const refused = REFUSED_IN_NAMES.exec(name)?.[0].codePointAt(0);
  if (refused === undefined && VISIBLE.test(name)) return name;
  const wrong =
    refused === undefined
      ? 'the name is blank'
      : `the name has U+${refused.toString(16).toUpperCase().padStart(4, '0')}, which a name cannot have`;
  throw new ContractError('invalid_argument', `${wrong}; a watchlist has one of 1 to 40 characters`, {
    field: '/name',
  });
}

function newSymbols(typed: readonly string[], name: string): string[] {
  if (typed.length > MAX_LIST_SYMBOLS) throw new ContractError('conflict', fullList(name));
  const symbols = new Set<string>();
  for (const [index, text] of typed.entries()) {
    const field = `/symbols/${index}`;
    const symbol = newSymbol(text, field);
    if (symbols.has(symbol)) {
      throw new ContractError('invalid_argument', `${symbol} is named twice`, { field });
    }
    symbols.add(symbol);
  }
  return [...symbols];
}

function freeId(lists: readonly WatchlistRecord[], random: Random): string {
  for (;;) {
    const id = `list-${random.int(0, ID_DIGITS - 1).toString(36)}`;
    if (lists.every((list) => list.id !== id)) return id;
  }
}
