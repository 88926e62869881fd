import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barOf, overlaid, type Bar } from './bar.ts';

const bar = (at: number, close = 10): Bar => ({
  at,
  open: 10,
  high: 10,
  low: 10,
  close,
  ticks: 1,
  source: 'demo',
});

describe('barOf', () => {
  it('reads the start of the interval as a moment', () => {
    const { at, ...values } = bar(0);
    expect(barOf({ time: new Date(60_000).toISOString(), ...values })).toEqual(bar(60_000));
    expect(at).toBe(0);
  });
});

describe('overlaid', () => {
  it('replaces the bar of the same moment and adds those after it', () => {
    const known = [bar(1), bar(2)];
    const after = overlaid(known, [bar(2, 11), bar(3)]);
    expect(after.map(({ at, close }) => [at, close])).toEqual([
      [1, 10],
      [2, 11],
      [3, 10],
    ]);
    expect(after[0]).toBe(known[0]);
  });

  it('is the very same list when nothing changed', () => {
    const known = [bar(1), bar(2)];
    expect(overlaid(known, [bar(2)])).toBe(known);
    expect(overlaid(known, [])).toBe(known);
  });

  it('is what a map of the moments would hold, in order', () => {
    const bars = fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 3 })), {
        selector: ([at]) => at,
      })
      .map((pairs) => pairs.sort(([a], [b]) => a - b).map(([at, close]) => bar(at, close)));
    fc.assert(
      fc.property(bars, bars, (known, newer) => {
        const model = new Map([...known, ...newer].map((one) => [one.at, one.close]));
        const expected = [...model].sort(([a], [b]) => a - b);
        expect(overlaid(known, newer).map(({ at, close }) => [at, close])).toEqual(expected);
      }),
    );
  });
});
