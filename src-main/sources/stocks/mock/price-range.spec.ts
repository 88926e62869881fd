import { describe, expect, it } from 'vitest';
import { parsePriceRanges } from './price-range.ts';

const parse = (...symbols: unknown[]) => parsePriceRanges(JSON.stringify({ symbols }));

describe('parsePriceRanges', () => {
  it('reads symbols in any case with their ranges, and leaves other fields alone', () => {
    expect(
      parse({ symbol: ' aapl', low: 145, high: 155, note: 'fruit' }, { symbol: 'SAP@XETR', low: 1, high: 1 }),
    ).toEqual([
      { symbol: 'AAPL', low: 145, high: 155 },
      { symbol: 'SAP@XETR', low: 1, high: 1 },
    ]);
    expect(parse()).toEqual([]);
  });

  it.each<[string, unknown[]]>([
    ['/symbols/0 must be an object', ['AAPL']],
    ['/symbols/0 must be an object', [null]],
    ['/symbols/0/symbol "<b>" is no symbol', [{ symbol: '<b>', low: 1, high: 2 }]],
    [
      '/symbols/1 (MSFT) needs 0 < low',
      [
        { symbol: 'A', low: 1, high: 2 },
        { symbol: 'MSFT', low: 3, high: 2 },
      ],
    ],
    ['(A) needs 0 < low', [{ symbol: 'A', low: 0, high: 2 }]],
    ['(A) needs 0 < low', [{ symbol: 'A', low: '1', high: 2 }]],
    ['(A) needs 0 < low', [{ symbol: 'A', low: 1, high: 2e9 }]],
    [
      '/symbols/1 names A a second time',
      [
        { symbol: 'A', low: 1, high: 2 },
        { symbol: 'a', low: 1, high: 2 },
      ],
    ],
    [
      'has 1001 entries; at most 1000',
      Array.from({ length: 1001 }, (_, index) => ({ symbol: `S${index}`, low: 1, high: 2 })),
    ],
  ])('names the place of what is wrong: %s', (message, symbols) => {
    expect(() => parse(...symbols)).toThrow(message);
  });

  it.each(['null', '[]', '{}', '5'])('asks for a list of symbols: %s', (text) => {
    expect(() => parsePriceRanges(text)).toThrow('/symbols must be a list');
  });

  it('says where a text stops being JSON', () => {
    expect(() => parsePriceRanges('{"symbols": [}')).toThrow(SyntaxError);
  });
});
