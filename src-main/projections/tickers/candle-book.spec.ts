import { describe, expect, it } from 'vitest';
import { CandleBook, MAX_SERIES } from './candle-book.ts';

const key = (symbol: string, source = 'nats', currency: string | null = null) => ({
  symbol,
  source,
  currency,
});
const MINUTE = 60_000;

describe('the candle book', () => {
  it('keeps a series of every source and currency of a symbol', () => {
    const book = new CandleBook();
    for (const [source, currency] of [
      ['nats', null],
      ['stocks', null],
      ['nats', 'EUR'],
      ['nats', null],
    ] as const) {
      book.take(key('A', source, currency), 1, 1, 10);
    }
    expect(book.size).toBe(3);
    expect(book.series('A').map((series) => series.key)).toEqual([
      key('A', 'nats'),
      key('A', 'stocks'),
      key('A', 'nats', 'EUR'),
    ]);
    expect(book.series('B')).toEqual([]);
  });

  it('takes no more series than it may, counts the prices of further ones, and goes on with those it has', () => {
    const book = new CandleBook();
    for (let index = 0; index < MAX_SERIES; index++) book.take(key(`S${index}`), 1, index, 10);
    expect(book.take(key('MORE'), 1, 1, 10)).toBeNull();
    expect(book.take(key('S0', 'stocks'), 1, 1, 10)).toBeNull();
    expect([book.size, book.refused]).toEqual([20_000, 2]);
    expect(book.take(key('S0'), 2, 2, 11)).not.toBeNull();
    expect(book.settle()).toHaveLength(20_000);
  });

  it('hands out what came, second by second, once', () => {
    const book = new CandleBook();
    for (const [id, at] of [2500, 500, 2600, 700, 1999].entries()) book.take(key('A'), at, id, id);
    expect(book.pending).toBe(3);
    const [settled] = book.settle();
    expect(settled?.seconds.map(({ start, ticks }) => [start, ticks])).toEqual([
      [0, 2],
      [1000, 1],
      [2000, 2],
    ]);
    expect([book.pending, book.settle()]).toEqual([0, []]);
  });

  it('composes the newest five minutes of a loaded series from its minutes', () => {
    const book = new CandleBook();
    const minutes = Array.from({ length: 10 }, (_, index) => ({
      start: (index + 3) * MINUTE,
      ...{ open: index, high: index + 0.5, low: index - 0.5, close: index, ticks: 2 },
      ...{ openAt: (index + 3) * MINUTE, openId: 1, closeAt: (index + 3) * MINUTE + 1, closeId: 2 },
    }));
    book.load({ newest: [{ series: key('A'), level: '1m', candles: minutes }] });
    book.take(key('A'), 12 * MINUTE + 5000, 9, 100);
    const [series] = book.series('A');
    if (series === undefined) throw new Error('the series was loaded');
    expect(book.live(series, '5m')).toMatchObject([
      { start: 5 * MINUTE, open: 2, close: 6, high: 6.5, low: 1.5, ticks: 10 },
      { start: 10 * MINUTE, open: 7, close: 100, high: 100, low: 6.5, ticks: 7 },
    ]);
    expect(book.live(series, '1m').map(({ start }) => start)).toEqual([11 * MINUTE, 12 * MINUTE]);
    expect(book.live(series, '1h')).toMatchObject([{ start: 0, ticks: 1 }]);
  });
});
