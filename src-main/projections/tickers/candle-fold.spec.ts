import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCandle, addTick, candleOf, foldCandles, startOf, type Tick } from './candle-fold.ts';

const tick = fc.record({
  at: fc.integer({ min: 0, max: 5 }),
  id: fc.nat(1000),
  price: fc.integer({ min: 1, max: 9 }),
});
const ticks = fc.uniqueArray(tick, { minLength: 2, maxLength: 12, selector: ({ id }) => id });

function candleFrom([first, ...rest]: Tick[]) {
  const candle = candleOf(first ?? { at: 0, id: 0, price: 0 }, 0);
  for (const { at, id, price } of rest) addTick(candle, at, id, price);
  return candle;
}

describe('a candle', () => {
  it('opens with the earliest price, closes with the latest, and of one moment goes by the journal', () => {
    const candle = candleFrom([
      { at: 5, id: 4, price: 12 },
      { at: 3, id: 9, price: 11 },
      { at: 3, id: 2, price: 14 },
      { at: 5, id: 7, price: 10 },
      { at: 4, id: 8, price: 9 },
    ]);
    expect(candle).toEqual({
      start: 0,
      ...{ open: 14, openAt: 3, openId: 2, close: 10, closeAt: 5, closeId: 7 },
      ...{ high: 14, low: 9, ticks: 5 },
    });
  });

  it('is the same whatever the order of its prices, and whichever parts it was added up from', () => {
    fc.assert(
      fc.property(ticks, fc.nat(), (prices, split) => {
        const cut = 1 + (split % (prices.length - 1));
        const parts = [prices.slice(0, cut), prices.slice(cut)].map(candleFrom);
        const [one, other] = parts;
        if (one === undefined || other === undefined) throw new Error('two parts');
        const whole = candleFrom(prices);
        expect(candleFrom([...prices].reverse())).toEqual(whole);
        const there = { ...one };
        addCandle(there, other);
        expect(there).toEqual(whole);
        const back = { ...other };
        addCandle(back, one);
        expect(back).toEqual(whole);
      }),
    );
  });
});

describe('folding', () => {
  it('puts candles into the longer interval that holds them, and leaves the given ones alone', () => {
    const given = [0, 59_000, 60_000, 180_000].map((start) =>
      candleOf({ at: start, id: 1, price: start }, start),
    );
    const before = structuredClone(given);
    expect(foldCandles(given, 60_000).map(({ start, close, ticks: count }) => [start, close, count])).toEqual(
      [
        [0, 59_000, 2],
        [60_000, 60_000, 1],
        [180_000, 180_000, 1],
      ],
    );
    expect(given).toEqual(before);
    expect(foldCandles([], 60_000)).toEqual([]);
  });

  it('finds the start of an interval before 1970 too', () => {
    expect([startOf(59_999, 60_000), startOf(60_000, 60_000), startOf(-1, 60_000)]).toEqual([
      0, 60_000, -60_000,
    ]);
  });
});
