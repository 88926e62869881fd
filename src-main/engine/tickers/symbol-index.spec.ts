import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SymbolIndex } from './symbol-index.ts';

describe('an index of symbols', () => {
  it('finds what a search of all would find, however the symbols came', () => {
    const symbol = fc.string({ unit: fc.constantFrom('A', 'B', '1', '.', '@'), minLength: 1, maxLength: 5 });
    const symbols = fc.uniqueArray(symbol, { maxLength: 60 });
    fc.assert(
      fc.property(symbols, fc.nat({ max: 60 }), symbol, (all, first, text) => {
        const index = new SymbolIndex();
        index.follow(all.slice(0, first), Math.min(first, all.length));
        index.follow(all, all.length);
        const expected = all.filter((one) => one.includes(text));
        expect(index.find(text, Infinity).sort()).toEqual(expected.sort());
      }),
    );
  });

  it('looks no further when enough begin with the text, and at a part of very many', () => {
    const many = Array.from({ length: 30_000 }, (_, place) => `S${String(place).padStart(5, '0')}`);
    const index = new SymbolIndex();
    index.follow([...many, 'ZS'], many.length + 1);
    expect(index.find('S', 10)).toEqual(many.slice(0, 1100));
    expect(index.find('ZS', 1)).toEqual(['ZS']);
    expect(index.find('9999', 10)).toEqual(['S09999', 'S19999']);
  });

  it('does not read a collection again that has not grown', () => {
    const index = new SymbolIndex();
    index.follow(['B', 'A'], 2);
    const unread = {
      [Symbol.iterator]: () => {
        throw new Error('it was read');
      },
    };
    index.follow(unread, 2);
    expect(index.find('', 10)).toEqual(['A', 'B']);
  });
});
