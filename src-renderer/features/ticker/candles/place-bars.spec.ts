import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bar } from './bar.ts';
import { continuesFrom, gapsOf, placeBars } from './place-bars.ts';

const MINUTE = 60_000;
const bar = (minute: number): Bar => ({
  at: minute * MINUTE,
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  ticks: 1,
  source: 'demo',
});

describe('placeBars', () => {
  it('gives neighbours one place each', () => {
    expect(placeBars([bar(0), bar(1), bar(2)], MINUTE)).toEqual([bar(0), bar(1), bar(2)]);
  });

  it('measures a gap by the distances shortly before it, not by those of another day', () => {
    const often = Array.from({ length: 30 }, (_, index) => bar(600 + index));
    const rare = Array.from({ length: 30 }, (_, index) => bar(index * 20));
    expect(gapsOf([...rare, ...often, bar(640)], MINUTE)).toMatchObject([{ index: 59, to: 640 * MINUTE }]);
  });

  it('takes prices that always come every few intervals for no gap', () => {
    const rare = [0, 5, 10, 15, 20].map(bar);
    expect(placeBars(rare, MINUTE)).toEqual(rare);
    expect(gapsOf(rare, MINUTE)).toEqual([]);
  });

  it('shows an outage as blanks, as many as bars are missing', () => {
    const places = placeBars([0, 1, 2, 9, 10].map(bar), MINUTE);
    expect(places.filter(({ open }) => open === null).map(({ at }) => at / MINUTE)).toEqual([
      3, 4, 5, 6, 7, 8,
    ]);
    expect(gapsOf([0, 1, 2, 9, 10].map(bar), MINUTE)).toMatchObject([
      { index: 2, from: 3 * MINUTE, to: 9 * MINUTE },
    ]);
  });

  it('draws a long gap shorter than it was', () => {
    const places = placeBars([0, 1, 2, 10_000, 10_001].map(bar), MINUTE);
    expect(places).toHaveLength(5 + 20);
  });

  it('keeps every bar, in strictly rising whole seconds', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { maxLength: 60 }), (minutes) => {
        const bars = minutes.sort((a, b) => a - b).map(bar);
        const places = placeBars(bars, MINUTE);
        expect(places.filter(({ open }) => open !== null)).toEqual(bars);
        for (const [index, place] of places.entries()) {
          expect(place.at % 1000).toBe(0);
          expect(place.at).toBeGreaterThan(places[index - 1]?.at ?? -1);
        }
      }),
    );
  });
});

describe('continuesFrom', () => {
  it('tells whether a gap is before or among the newest bars, whatever gaps are older', () => {
    const bars = [0, 1, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51].map(bar);
    expect(continuesFrom(bars, 13, MINUTE)).toBe(true);
    expect(continuesFrom([...bars, bar(90)], 13, MINUTE)).toBe(false);
    expect(continuesFrom([...bars, bar(90)], 14, MINUTE)).toBe(false);
    expect(continuesFrom([...bars, bar(90), bar(91)], 15, MINUTE)).toBe(true);
  });
});
