import fc from 'fast-check';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../src-contract/result.ts';
import {
  DEFAULT_WATCHLIST,
  MAX_LIST_SYMBOLS,
  MAX_WATCHED,
  MAX_WATCHLISTS,
  Watchlist,
} from '../../../src-contract/ticker.ts';
import type { WatchlistRecord } from '../../../src-contract/ticker-checkpoint.ts';
import { seededRandom } from '../../lib/random.ts';
import { subscribe, subscriptionsOf, unsubscribe } from './subscriptions.ts';
import {
  createWatchlist,
  orderSymbols,
  orderWatchlists,
  removeWatchlist,
  renameWatchlist,
} from './watchlist-edits.ts';

const random = seededRandom(1);
const list = (id: string, name: string, ...symbols: string[]): WatchlistRecord => ({ id, name, symbols });
const lists = [list('main', 'Watchlist', 'MSFT'), list('tech', 'Tech', 'AAPL', 'MSFT', 'IBM')];

describe('a new watchlist', () => {
  it('comes last, with a trimmed name and an id of its own', () => {
    const made = createWatchlist(lists, { name: ' Cars ' }, random);
    const id = made[2]?.id ?? '';
    expect(made).toEqual([...lists, list(id, 'Cars')]);
    expect(Check(Watchlist, made[2])).toBe(true);
  });

  it('can have its symbols at once, in their order, each once', () => {
    expect(createWatchlist(lists, { name: 'Cars', symbols: ['tsla', ' F'] }, random)[2]?.symbols).toEqual([
      'TSLA',
      'F',
    ]);
    expect(() => createWatchlist(lists, { name: 'Cars', symbols: ['F', 'f'] }, random)).toThrow(
      expect.objectContaining({
        code: 'invalid_argument',
        message: 'F is named twice',
        details: { field: '/symbols/1' },
      }),
    );
    expect(() => createWatchlist(lists, { name: 'Cars', symbols: ['F', '?'] }, random)).toThrow(
      expect.objectContaining({ details: { field: '/symbols/1' } }),
    );
  });

  it.each(['A\u0000B', 'A\nB', 'A\u202eB', 'A\u2028B', '\ud800'])(
    'has no name that hides or turns around the text beside it: %j',
    (name) => {
      const refusal = expect.objectContaining({
        code: 'invalid_argument',
        details: { field: '/name' },
      }) as Error;
      expect(() => createWatchlist(lists, { name }, random)).toThrow(refusal);
      expect(() => renameWatchlist(lists, 'tech', name)).toThrow(
        /has U\+[0-9A-F]{4}, which a name cannot have/,
      );
    },
  );

  it.each(['Été 2026', 'メガテック', '👩‍🚀 Space', 'A & B <1>'])(
    'may have any name that can be read: %s',
    (name) => {
      expect(createWatchlist(lists, { name }, random)[2]?.name).toBe(name);
    },
  );

  it('needs a name that is neither blank nor taken, in capitals or not', () => {
    expect(() => createWatchlist(lists, { name: ' ' }, random)).toThrow('the name is blank');
    expect(() => createWatchlist(lists, { name: '\u200b\ufeff' }, random)).toThrow('the name is blank');
    expect(() => createWatchlist(lists, { name: 'TECH ' }, random)).toThrow(
      expect.objectContaining({ code: 'conflict', message: 'there is a watchlist named Tech already' }),
    );
  });

  it('is refused beyond the limits of lists and symbols', () => {
    let many = [list('main', 'Watchlist')];
    while (many.length < MAX_WATCHLISTS) many = createWatchlist(many, { name: `L${many.length}` }, random);
    expect(new Set(many.map(({ id }) => id)).size).toBe(20);
    expect(() => createWatchlist(many, { name: 'More' }, random)).toThrow(
      'there are 20 watchlists, as many as there can be',
    );
    const symbols = Array.from({ length: MAX_LIST_SYMBOLS + 1 }, (_, index) => `S${index}`);
    expect(() => createWatchlist(lists, { name: 'Big', symbols }, random)).toThrow('Big is full');
    const first = createWatchlist([], { name: 'A', symbols: symbols.slice(0, 500) }, random);
    const second = createWatchlist(
      first,
      { name: 'B', symbols: symbols.slice(0, 500).map((symbol) => `B${symbol}`) },
      random,
    );
    expect(() => createWatchlist(second, { name: 'C', symbols: ['MORE'] }, random)).toThrow(
      '1,001 different symbols',
    );
  });
});

describe('renaming a watchlist', () => {
  it('changes its name only, and the case of its own name too', () => {
    expect(renameWatchlist(lists, 'tech', ' Big tech')[1]).toEqual({ ...lists[1], name: 'Big tech' });
    expect(renameWatchlist(lists, 'tech', 'TECH')[1]?.name).toBe('TECH');
    expect(renameWatchlist(lists, 'main', 'Mine')[0]?.id).toBe('main');
  });

  it('refuses the name of another, a blank one, and a list that is not there', () => {
    expect(() => renameWatchlist(lists, 'tech', 'watchlist')).toThrow('named Watchlist already');
    expect(() => renameWatchlist(lists, 'tech', '  ')).toThrow('the name is blank');
    expect(() => renameWatchlist(lists, 'gone', 'x')).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});

describe('removing a watchlist', () => {
  it('takes its subscriptions along', () => {
    expect(removeWatchlist(lists, 'tech')).toEqual([lists[0]]);
    expect(() => removeWatchlist(lists, 'gone')).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('leaves the list that is always there, whatever its name and place', () => {
    const renamed = orderWatchlists(renameWatchlist(lists, 'main', 'Mine'), ['tech', 'main']);
    expect(() => removeWatchlist(renamed, 'main')).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringContaining('Mine stays') as string }),
    );
  });
});

describe('ordering', () => {
  it('moves lists, and the symbols of a list as they were typed', () => {
    expect(orderWatchlists(lists, ['tech', 'main'])).toEqual([lists[1], lists[0]]);
    expect(orderSymbols(lists, 'tech', ['ibm', 'AAPL', 'msft '])[1]?.symbols).toEqual([
      'IBM',
      'AAPL',
      'MSFT',
    ]);
  });

  it('refuses an order that is not of the present ones', () => {
    expect(() => orderSymbols(lists, 'tech', ['IBM', 'AAPL'])).toThrow(
      expect.objectContaining({
        code: 'conflict',
        message: 'MSFT is in Tech and missing from the order',
        details: { field: '/symbols' },
      }),
    );
    expect(() => orderSymbols(lists, 'tech', ['IBM', 'AAPL', 'MSFT', 'F'])).toThrow(
      'F is not in Tech any more',
    );
    expect(() => orderSymbols(lists, 'tech', ['IBM', 'ibm', 'AAPL', 'MSFT'])).toThrow(
      expect.objectContaining({ code: 'invalid_argument' }),
    );
    expect(() => orderWatchlists(lists, ['tech'])).toThrow('main is in the watchlists and missing');
    expect(() => orderSymbols(lists, 'gone', [])).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});

const symbol = fc.constantFrom('A', 'b', ' C', 'D@X', '<', '');
const place = fc.nat(4);
const edit = fc.oneof(
  fc.record({ do: fc.constant('add' as const), symbol, place }),
  fc.record({ do: fc.constant('take' as const), symbol, place: fc.option(place, { nil: undefined }) }),
  fc.record({
    do: fc.constant('create' as const),
    name: fc.constantFrom('X', 'x ', 'Y', 'Z', ''),
    symbols: fc.array(symbol, { maxLength: 4 }),
  }),
  fc.record({ do: fc.constant('rename' as const), place, name: fc.constantFrom('X', 'W', ' ') }),
  fc.record({ do: fc.constant('remove' as const), place }),
  fc.record({ do: fc.constant('order' as const), ids: fc.array(place, { maxLength: 5 }) }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function apply(before: WatchlistRecord[], what: Edit): WatchlistRecord[] {
  const id = (index: number) => before[index]?.id ?? 'nowhere';
  switch (what.do) {
    case 'add':
      return subscribe(before, what.symbol, id(what.place));
    case 'take':
      return unsubscribe(before, what.symbol, what.place === undefined ? undefined : id(what.place));
    case 'create':
      return createWatchlist(before, what, random);
    case 'rename':
      return renameWatchlist(before, id(what.place), what.name);
    case 'remove':
      return removeWatchlist(before, id(what.place));
    case 'order':
      return orderWatchlists(before, what.ids.map(id));
  }
}

describe('watchlists under any edits', () => {
  it('stay valid, keep the list that is always there, and are untouched by what is refused', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        let now: WatchlistRecord[] = [list(DEFAULT_WATCHLIST, 'Watchlist')];
        for (const what of edits) {
          const before = structuredClone(now);
          try {
            const after = apply(now, what);
            expect(now).toEqual(before);
            now = after;
          } catch (error) {
            expect(error).toBeInstanceOf(ContractError);
            expect(now).toEqual(before);
          }
        }
        expect(now.every((one) => Check(Watchlist, one))).toBe(true);
        expect(now.some(({ id }) => id === DEFAULT_WATCHLIST)).toBe(true);
        for (const values of [now.map(({ id }) => id), now.map(({ name }) => name.toLowerCase())]) {
          expect(new Set(values).size).toBe(values.length);
        }
        for (const { symbols } of now) expect(new Set(symbols).size).toBe(symbols.length);
        expect(subscriptionsOf(now).length).toBeLessThanOrEqual(MAX_WATCHED);
      }),
    );
  });
});
