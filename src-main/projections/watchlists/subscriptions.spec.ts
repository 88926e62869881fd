import { describe, expect, it } from 'vitest';
import { MAX_LIST_SYMBOLS, MAX_WATCHED } from '../../../src-contract/ticker.ts';
import type { WatchlistRecord } from '../../../src-contract/ticker-checkpoint.ts';
import { subscribe, subscriptionsOf, unsubscribe, withinLimit } from './subscriptions.ts';

const list = (id: string, name: string, ...symbols: string[]): WatchlistRecord => ({ id, name, symbols });
const lists = [list('main', 'Watchlist', 'MSFT'), list('tech', 'Tech', 'AAPL', 'MSFT')];
const numbered = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('subscribing', () => {
  it('puts the symbol at the end of the list that is always there, or of the one that is named', () => {
    expect(subscribe(lists, ' aapl ')[0]).toEqual(list('main', 'Watchlist', 'MSFT', 'AAPL'));
    expect(subscribe(lists, 'goog', 'tech')).toEqual([
      lists[0],
      list('tech', 'Tech', 'AAPL', 'MSFT', 'GOOG'),
    ]);
    expect(lists[0]?.symbols).toEqual(['MSFT']);
  });

  it('says which list has the symbol already', () => {
    expect(() => subscribe(lists, 'msft')).toThrow(
      expect.objectContaining({ code: 'conflict', message: 'MSFT is already in Watchlist' }),
    );
    expect(() => subscribe(lists, 'AAPL', 'tech')).toThrow('AAPL is already in Tech');
  });

  it('refuses what is no symbol before anything else, and a list that is not there', () => {
    expect(() => subscribe(lists, '<script>', 'nowhere')).toThrow(
      expect.objectContaining({ code: 'invalid_argument' }),
    );
    expect(() => subscribe(lists, 'GOOG', 'nowhere')).toThrow(
      expect.objectContaining({
        code: 'not_found',
        message: 'there is no watchlist with the id "nowhere"; there are main, tech',
      }),
    );
  });

  it('refuses a symbol of marks alone, and lets go of one that an earlier version took', () => {
    const old = [list('main', 'Watchlist', '..', 'MSFT')];
    expect(() => subscribe(lists, '..')).toThrow('".." has only dots');
    expect(unsubscribe(old, '..')[0]?.symbols).toEqual(['MSFT']);
  });

  it('fills a list up to its limit and says so', () => {
    const almost = [list('main', 'Mine', ...numbered(MAX_LIST_SYMBOLS - 1, 'A'))];
    const full = subscribe(almost, 'LAST');
    expect(full[0]?.symbols).toHaveLength(500);
    expect(() => subscribe(full, 'MORE')).toThrow('Mine is full: a watchlist has at most 500 symbols');
  });

  it('stops at the most symbols that can be watched, of which the same in two lists counts once', () => {
    const half = MAX_WATCHED / 2;
    const all = [
      list('main', 'Watchlist'),
      list('a', 'A', ...numbered(half, 'A')),
      list('b', 'B', ...numbered(half, 'B')),
    ];
    expect(subscribe(all, 'A0')[0]?.symbols).toEqual(['A0']);
    expect(() => subscribe(all, 'C')).toThrow(
      'that would be 1,001 different symbols in all watchlists; at most 1,000 can be watched',
    );
    expect(withinLimit(all)).toBe(all);
  });
});

describe('unsubscribing', () => {
  it('takes the symbol from one list, or from all', () => {
    expect(unsubscribe(lists, 'msft', 'tech')).toEqual([lists[0], list('tech', 'Tech', 'AAPL')]);
    expect(unsubscribe(lists, 'MSFT')).toEqual([list('main', 'Watchlist'), list('tech', 'Tech', 'AAPL')]);
  });

  it('says that the symbol is not watched, or not in that list', () => {
    expect(() => unsubscribe(lists, 'GOOG')).toThrow(
      expect.objectContaining({ code: 'not_found', message: 'GOOG is not watched' }),
    );
    expect(() => unsubscribe(lists, 'AAPL', 'main')).toThrow('AAPL is not in Watchlist');
    expect(() => unsubscribe(lists, 'AAPL', 'nowhere')).toThrow('there is no watchlist');
    expect(() => unsubscribe(lists, '?')).toThrow('which a symbol cannot have');
  });
});

describe('subscriptions', () => {
  it('are every watched symbol once, by the alphabet, with its lists in their order', () => {
    expect(subscriptionsOf(lists)).toEqual([
      { symbol: 'AAPL', lists: ['tech'] },
      { symbol: 'MSFT', lists: ['main', 'tech'] },
    ]);
    expect(subscriptionsOf([])).toEqual([]);
  });
});
