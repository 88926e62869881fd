import { describe, expect, it } from 'vitest';
import { MAX_OTHERS_WATCHED, parsePresence, presenceText, watchedByAll } from './presence.ts';

function symbols(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `S${from + index}`);
}

describe('what an instance tells the others', () => {
  it('is read as it was written, whatever the order and however often a symbol is named', () => {
    const text = presenceText(true, ['MSFT', 'AAPL', 'SAP@XETR', 'AAPL']);
    expect(parsePresence(text)).toEqual({ ready: true, symbols: ['AAPL', 'MSFT', 'SAP@XETR'] });
    expect(presenceText(true, ['AAPL', 'SAP@XETR', 'MSFT'])).toBe(text);
  });

  it.each(['', 'nonsense', '7', 'null', '[]', '{"symbols":{"0":"AAPL"}}'])(
    'counts as nothing watched and not ready when it is %j',
    (text) => {
      expect(parsePresence(text)).toEqual({ ready: false, symbols: [] });
    },
  );

  it('is taken as far as it names symbols, which are normalised', () => {
    expect(parsePresence('{"ready":"yes","symbols":[" aapl ",7,"<script>",null]}')).toEqual({
      ready: false,
      symbols: ['AAPL'],
    });
  });

  it('is bounded on both sides', () => {
    const many = symbols(0, 3000);
    expect(parsePresence(presenceText(true, many)).symbols).toHaveLength(1000);
    expect(parsePresence(JSON.stringify({ symbols: many })).symbols).toHaveLength(1000);
  });
});

describe('what all watch', () => {
  it('is the union, sorted, of at most so many symbols', () => {
    const of = (...names: string[]) => ({ ready: true, symbols: names });
    expect(watchedByAll([of('MSFT', 'AAPL'), of('AAPL', 'TSLA')])).toEqual(['AAPL', 'MSFT', 'TSLA']);
    const crowd = [of(...symbols(0, 900)), of(...symbols(500, 900))];
    expect(watchedByAll(crowd)).toHaveLength(MAX_OTHERS_WATCHED);
  });
});
