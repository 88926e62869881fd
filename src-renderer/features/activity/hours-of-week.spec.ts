import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { busiestHour, hoursOfWeek, weeksOf } from './hours-of-week.ts';

const NOW = Date.parse('2026-11-21T10:00:05.000Z');
const QUARTER_MS = 900_000;
const sum = (counts: readonly (readonly number[])[]) => counts.flat().reduce((all, count) => all + count, 0);

describe('hoursOfWeek', () => {
  it.each([
    ['UTC', '2026-11-19T23:15:00.000Z', 3, 23],
    ['Europe/Berlin', '2026-11-19T23:15:00.000Z', 4, 0],
    ['America/New_York', '2026-11-16T03:00:00.000Z', 6, 22],
    ['Asia/Kolkata', '2026-11-16T03:30:00.000Z', 0, 9],
    ['Asia/Kolkata', '2026-11-16T03:15:00.000Z', 0, 8],
  ])('counts a quarter in the hour that clocks in %s show at %s', (zone, at, row, column) => {
    const counts = hoursOfWeek([{ at, count: 3 }], { now: NOW, weeks: 4, zone });
    expect(busiestHour(counts)).toEqual({ row, column, count: 3 });
    expect(sum(counts)).toBe(3);
  });

  it('follows a change of clocks in the middle of a day', () => {
    const items = ['2026-10-25T00:45:00.000Z', '2026-10-25T01:00:00.000Z'].map((at) => ({ at, count: 1 }));
    const counts = hoursOfWeek(items, { now: NOW, weeks: 4, zone: 'Europe/Berlin' });
    expect(counts[6]?.slice(0, 4)).toEqual([0, 0, 2, 0]);
  });

  it('counts every hour of the week as often as the others, whenever it is asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 * 96 - 1 }), fc.integer({ min: 1, max: 4 }), (later, weeks) => {
        const now = NOW + later * QUARTER_MS;
        const newest = Math.floor(now / QUARTER_MS) * QUARTER_MS;
        const items = Array.from({ length: 40 * 96 }, (_, index) => ({
          at: new Date(newest - index * QUARTER_MS).toISOString(),
          count: 1,
        }));
        const counts = hoursOfWeek(items, { now, weeks, zone: 'UTC' });
        expect(new Set(counts.flat())).toEqual(new Set([4 * weeks]));
      }),
      { numRuns: 20 },
    );
  });
});

describe('weeksOf', () => {
  it('is the whole weeks of a period', () => {
    expect([7, 14, 30, 90].map(weeksOf)).toEqual([1, 2, 4, 12]);
  });
});

describe('busiestHour', () => {
  it('is none where nothing happened', () => {
    expect(busiestHour(hoursOfWeek([], { now: NOW, weeks: 1, zone: 'UTC' }))).toBeNull();
  });
});
