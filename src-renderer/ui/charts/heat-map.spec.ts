import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEAT_LEVELS, heatLevel, heatRanges, stepCell } from './heat-map.ts';

const press = (key: string) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false });
const size = { rows: 7, columns: 24 };

describe('heatLevel', () => {
  it('is nothing for nothing, and the strongest for the largest', () => {
    expect([0, 1, 20, 21, 100].map((value) => heatLevel(value, 100))).toEqual([0, 1, 1, 2, HEAT_LEVELS]);
    expect(heatLevel(0, 0)).toBe(0);
  });
});

describe('heatRanges', () => {
  it('says which counts share a colour, leaving out steps that none falls into', () => {
    expect(heatRanges(100).map(({ from, to }) => [from, to])).toEqual([
      [1, 20],
      [21, 40],
      [41, 60],
      [61, 80],
      [81, 100],
    ]);
    expect(heatRanges(2)).toEqual([
      { level: 3, from: 1, to: 1 },
      { level: 5, from: 2, to: 2 },
    ]);
  });

  it('agrees with the level of every count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (largest) => {
        for (const { level, from, to } of heatRanges(largest)) {
          expect([heatLevel(from, largest), heatLevel(to, largest)]).toEqual([level, level]);
        }
      }),
    );
  });
});

describe('stepCell', () => {
  it('comes in at the first cell, moves by arrows and stops at the edges', () => {
    const first = stepCell(press('ArrowRight'), null, size);
    expect(first).toEqual({ row: 0, column: 0 });
    expect(stepCell(press('ArrowDown'), { row: 6, column: 3 }, size)).toEqual({ row: 6, column: 3 });
    expect(stepCell(press('ArrowUp'), { row: 6, column: 3 }, size)).toEqual({ row: 5, column: 3 });
    expect(stepCell(press('End'), { row: 2, column: 3 }, size)).toEqual({ row: 2, column: 23 });
    expect(stepCell(press('Home'), { row: 2, column: 3 }, size)).toEqual({ row: 2, column: 0 });
  });

  it('leaves on Escape and lets other keys alone', () => {
    expect(stepCell(press('Escape'), { row: 2, column: 3 }, size)).toBeNull();
    expect(stepCell(press('a'), null, size)).toBeUndefined();
    expect(stepCell({ ...press('ArrowUp'), ctrlKey: true }, null, size)).toBeUndefined();
  });
});
