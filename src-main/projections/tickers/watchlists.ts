import { normalizeSymbol } from '../../../src-contract/instrument.ts';
import { ContractError } from '../../../src-contract/result.ts';
import {
  DEFAULT_WATCHLIST,
  MAX_LIST_SYMBOLS,
  MAX_WATCHED,
  MAX_WATCHLISTS,
} from '../../../src-contract/ticker.ts';
import type { WatchlistRecord } from '../../../src-contract/ticker-checkpoint.ts';

type Lists = readonly WatchlistRecord[];

const GRAMMAR = '1 to 15 of A to Z, 0 to 9, . ^ = and -, with an optional @EXCHANGE of 1 to 8 letters';
/** As much of what was typed is repeated in a message. */
const SHOWN = 20;

/** The symbol somebody typed, trimmed and in capitals. Throws a ContractError that says what is wrong and what is accepted. */
export function typedSymbol(text: string): string {
  const symbol = normalizeSymbol(text);
  if (symbol !== null) return symbol;
  throw invalid('/symbol', `${quoted(text)} is no symbol: ${faultOf(text.trim())}. A symbol is ${GRAMMAR}`);
}

/** Adds a symbol at the end of a list. */
export function withSymbol(lists: Lists, id: string, symbol: string): WatchlistRecord[] {
  const list = listOf(lists, id);
  if (list.symbols.includes(symbol)) throw conflict(`${symbol} is already in ${list.name}`);
  checkRoom(lists, list, [symbol]);
  return replaced(lists, { ...list, symbols: [...list.symbols, symbol] });
}

/** Takes a symbol from one list, or from all; not_found when none of them has it. */
export function withoutSymbol(lists: Lists, id: string | undefined, symbol: string): WatchlistRecord[] {
  const from = id === undefined ? lists : [listOf(lists, id)];
  if (!from.some(({ symbols }) => symbols.includes(symbol))) {
    throw notFound(
      id === undefined ? `${symbol} is not watched` : `${symbol} is not in ${listOf(lists, id).name}`,
    );
  }
  return lists.map((list) =>
    from.includes(list) ? { ...list, symbols: list.symbols.filter((other) => other !== symbol) } : list,
  );
}

/** Adds a list at the end. */
export function withList(lists: Lists, list: WatchlistRecord): WatchlistRecord[] {
  if (lists.length >= MAX_WATCHLISTS) {
    throw conflict(
      `there are ${MAX_WATCHLISTS} watchlists, which is as many as can be kept; remove one first`,
    );
  }
  const name = freeName(lists, list.name, null);
  const symbols = [...new Set(list.symbols)];
  const added = { id: list.id, name, symbols: [] };
  checkRoom([...lists, added], added, symbols);
  return [...lists, { ...added, symbols }];
}

/** Gives a list another name. */
export function withName(lists: Lists, id: string, typed: string): WatchlistRecord[] {
  const list = listOf(lists, id);
  return replaced(lists, { ...list, name: freeName(lists, typed, id) });
}

/** Removes a list with what it names; the one that takes subscriptions by default stays. */
export function withoutList(lists: Lists, id: string): WatchlistRecord[] {
  const list = listOf(lists, id);
  if (id === DEFAULT_WATCHLIST) throw conflict(`${list.name} cannot be removed: it takes new subscriptions`);
  return lists.filter((other) => other !== list);
}

/** Puts the lists in another order. */
export function inOrder(lists: Lists, ids: readonly string[]): WatchlistRecord[] {
  checkSame(
    '/ids',
    'watchlist',
    lists.map(({ id }) => id),
    ids,
  );
  return ids.map((id) => listOf(lists, id));
}

/** Puts the symbols of a list in another order. */
export function withOrder(lists: Lists, id: string, symbols: readonly string[]): WatchlistRecord[] {
  const list = listOf(lists, id);
  checkSame('/symbols', `symbol of ${list.name}`, list.symbols, symbols);
  return replaced(lists, { ...list, symbols: [...symbols] });
}

/** A list by its id; throws not_found. */
export function listOf(lists: Lists, id: string): WatchlistRecord {
  const list = lists.find((other) => other.id === id);
  if (list === undefined) throw notFound(`there is no watchlist ${quoted(id)}`);
  return list;
}

function replaced(lists: Lists, list: WatchlistRecord): WatchlistRecord[] {
  return lists.map((other) => (other.id === list.id ? list : other));
}

function checkRoom(lists: Lists, list: WatchlistRecord, added: readonly string[]): void {
  if (list.symbols.length + added.length > MAX_LIST_SYMBOLS) {
    throw conflict(`${list.name} is full: a watchlist takes up to ${MAX_LIST_SYMBOLS} symbols`);
  }
  const watched = new Set([...lists.flatMap(({ symbols }) => symbols), ...added]);
  if (watched.size > MAX_WATCHED) {
    throw conflict(`${MAX_WATCHED} different symbols can be watched, and so many are; remove one first`);
  }
}

function freeName(lists: Lists, typed: string, self: string | null): string {
  const name = typed.trim();
  if (name === '') throw invalid('/name', 'a watchlist needs a name of 1 to 40 characters');
  const taken = lists.find((list) => list.id !== self && list.name.toLowerCase() === name.toLowerCase());
  if (taken !== undefined) throw conflict(`there is a watchlist ${quoted(taken.name)} already`);
  return name;
}

function checkSame(field: string, what: string, present: readonly string[], given: readonly string[]): void {
  const missing = present.find((one) => !given.includes(one));
  if (missing !== undefined)
    throw invalid(field, `${field} must name every ${what} once: ${missing} is missing`);
  const foreign = given.find((one) => !present.includes(one));
  if (foreign !== undefined)
    throw invalid(field, `${field} must name every ${what} once: ${quoted(foreign)} is none`);
  if (given.length !== present.length)
    throw invalid(field, `${field} must name every ${what} once: one is there twice`);
}

function faultOf(text: string): string {
  if (text === '') return 'it is empty';
  const odd = /[^A-Za-z0-9.^=@-]/u.exec(text)?.[0];
  if (odd !== undefined) return `${odd === ' ' ? 'a blank' : quoted(odd)} is not accepted in it`;
  const [base = '', exchange, ...more] = text.split('@');
  if (more.length > 0) return 'it has more than one @';
  if (base.length === 0) return 'nothing stands before its @';
  if (base.length > 15) return `it has ${base.length} characters`;
  return `${quoted(exchange ?? '')} is no exchange`;
}

function quoted(text: string): string {
  const shown = [...text];
  return JSON.stringify(shown.length > SHOWN ? `${shown.slice(0, SHOWN).join('')}…` : text);
}

function invalid(field: string, message: string): ContractError {
  return new ContractError('invalid_argument', message, { field });
}

function conflict(message: string): ContractError {
  return new ContractError('conflict', message);
}

function notFound(message: string): ContractError {
  return new ContractError('not_found', message);
}
