import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { enteringSymbol, InstrumentSymbol, normalizeSymbol } from './instrument.ts';

describe('normalizeSymbol', () => {
  it.each([
    ['AAPL', 'AAPL'],
    [' aapl\n', 'AAPL'],
    ['brk.b', 'BRK.B'],
    ['^gspc', '^GSPC'],
    ['eur=x', 'EUR=X'],
    ['btc-usd', 'BTC-USD'],
    ['aapl@xetr', 'AAPL@XETR'],
    ['A'.repeat(15), 'A'.repeat(15)],
  ])('brings %j to %j', (text, symbol) => {
    expect(normalizeSymbol(text)).toBe(symbol);
    expect(Check(InstrumentSymbol, symbol)).toBe(true);
  });

  it.each([
    '',
    ' ',
    'A'.repeat(16),
    'AA PL',
    'AAPL@',
    'AAPL@X1',
    'AAPL@ABCDEFGHI',
    '@XETR',
    'ÄPFEL',
    'A/B',
    'ß',
  ])('refuses %j', (text) => {
    expect(normalizeSymbol(text)).toBeNull();
  });

  it('leaves what it has normalised as it is', () => {
    const once = normalizeSymbol('msft@nyse') ?? '';
    expect(normalizeSymbol(once)).toBe(once);
  });
});

describe('enteringSymbol', () => {
  it.each(['aapl', 'brk.b', '^gspc', 'eur=x', '7', '.a', 'aapl@xetr'])(
    'takes %j as any symbol is',
    (text) => {
      expect(enteringSymbol(text)).toBe(normalizeSymbol(text));
      expect(enteringSymbol(text)).not.toBeNull();
    },
  );

  it.each(['.', '..', '...', '.@XETR'])(
    'refuses %j, which is dots alone, while it can still be read',
    (text) => {
      expect(enteringSymbol(text)).toBeNull();
      expect(normalizeSymbol(text)).toBe(text);
    },
  );

  it.each(['', 'A'.repeat(16), 'A/B', '@XETR'])('refuses %j, which is no symbol at all', (text) => {
    expect(enteringSymbol(text)).toBeNull();
  });
});
