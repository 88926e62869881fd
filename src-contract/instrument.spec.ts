import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { InstrumentSymbol, normalizeSymbol } from './instrument.ts';

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
