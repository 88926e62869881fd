import { describe, expect, it } from 'vitest';
import type { SourcedCandle } from '../../../src-contract/ticker-checkpoint.ts';
import { fiveMinutes } from './five-minutes.ts';

const MINUTE = 60_000;

function minute(index: number, prices: [number, number, number, number], source = 'nats'): SourcedCandle {
  const [open, high, low, close] = prices;
  return { start: index * MINUTE, open, high, low, close, ticks: 2, source, currency: null };
}

describe('candles of five minutes', () => {
  it('open with the first minute, close with the last, and span them all', () => {
    const minutes = [minute(5, [10, 12, 9, 11]), minute(7, [11, 15, 11, 14]), minute(9, [14, 14, 8, 9])];
    expect(fiveMinutes([minute(4, [1, 1, 1, 1]), ...minutes], ['nats'])).toEqual([
      { ...minute(4, [1, 1, 1, 1]), start: 0 },
      { start: 5 * MINUTE, open: 10, high: 15, low: 8, close: 9, ticks: 6, source: 'nats', currency: null },
    ]);
  });

  it('are of one source: the first among their minutes', () => {
    const mixed = [
      minute(0, [1, 1, 1, 1], 'demo'),
      minute(1, [2, 3, 2, 3], 'nats'),
      minute(2, [4, 4, 4, 4], 'other'),
      minute(3, [3, 5, 3, 4], 'nats'),
      minute(5, [7, 7, 7, 7], 'other'),
    ];
    expect(fiveMinutes(mixed, ['nats', 'stocks', 'demo', 'other'])).toMatchObject([
      { start: 0, open: 2, high: 5, low: 2, close: 4, ticks: 4, source: 'nats' },
      { start: 5 * MINUTE, open: 7, source: 'other' },
    ]);
  });

  it('are none without minutes', () => {
    expect(fiveMinutes([], [])).toEqual([]);
  });
});
