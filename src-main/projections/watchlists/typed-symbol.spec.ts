import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeSymbol } from '../../../src-contract/instrument.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { newSymbol, typedSymbol } from './typed-symbol.ts';

const ACCEPTED =
  'a symbol is 1 to 15 of A-Z, 0-9, . ^ = -, not dots alone, with an optional @EXCHANGE of 1 to 8 letters';

function refusalOf(text: string): string {
  try {
    return `taken as ${typedSymbol(text)}`;
  } catch (error) {
    return error instanceof ContractError ? error.message : String(error);
  }
}

describe('a typed symbol', () => {
  it('is trimmed and upper-cased', () => {
    expect(['aapl ', '\tBrk.b', 'aapl@xetr'].map((text) => typedSymbol(text))).toEqual([
      'AAPL',
      'BRK.B',
      'AAPL@XETR',
    ]);
  });

  it.each([
    ['<script>', '"<script>" has < >, which a symbol cannot have'],
    ['A'.repeat(40), '"AAAAAAAAAAAAAAAAAAAAAAAA…" has 40 characters'],
    ['  ', 'the symbol is blank'],
    ['AAPL MSFT', '"AAPL MSFT" has a blank, which a symbol cannot have'],
    ['straße', '"straße" has ß, which a symbol cannot have'],
    ['A\u202eB', '"AU+202EB" has U+202E, which a symbol cannot have'],
    ['!"§$%&/()x', '"!"§$%&/()x" has ! " § $ % & / ( and others, which a symbol cannot have'],
    ['A@B@C', '"A@B@C" has more than one @'],
    ['@XETR', '"@XETR" has nothing before the @'],
    ['AAPL@', '"AAPL@" has an exchange that is not 1 to 8 letters'],
    ['AAPL@L1', '"AAPL@L1" has an exchange that is not 1 to 8 letters'],
  ])('%j is refused with what is wrong and what is accepted', (text, fault) => {
    expect(refusalOf(text)).toBe(`${fault}; ${ACCEPTED}`);
  });

  it('that is refused names the argument it came in', () => {
    expect(() => typedSymbol('?', '/symbols/3')).toThrow(
      expect.objectContaining({ code: 'invalid_argument', details: { field: '/symbols/3' } }),
    );
  });

  it('is taken exactly if it follows the grammar, and else refused in a line of plain text', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 256 }),
      fc.string({ unit: fc.constantFrom('a', 'Z', '9', '.', '@', ' ', '<'), maxLength: 30 }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const symbol = normalizeSymbol(text);
        const answer = refusalOf(text);
        if (symbol !== null) expect(answer).toBe(`taken as ${symbol}`);
        else expect(answer).toMatch(/^(the symbol is blank|"[^\p{C}]*" has [^\p{C}]+); a symbol is/u);
        expect(answer.length).toBeLessThan(500);
      }),
    );
  });
});

describe('a new symbol', () => {
  it.each([
    ['..', '".." has only dots'],
    ['.@xetr', '".@XETR" has only dots before the @'],
  ])('%j is refused, while it can be asked for', (text, fault) => {
    expect(() => newSymbol(text, '/symbols/1')).toThrow(
      expect.objectContaining({
        code: 'invalid_argument',
        message: `${fault}; ${ACCEPTED}`,
        details: { field: '/symbols/1' },
      }),
    );
    expect(typedSymbol(text)).toBe(text.trim().toUpperCase());
  });

  it('is otherwise taken and refused as any typed one', () => {
    expect(newSymbol(' brk.b ')).toBe('BRK.B');
    expect(() => newSymbol('<')).toThrow('"<" has <, which a symbol cannot have');
  });
});
