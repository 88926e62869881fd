import { describe, expect, it } from 'vitest';
import { largestSlices, REST_ID } from './slices.ts';

const parts = (...values: number[]) => values.map((value, index) => ({ id: `p${index}`, value }));

describe('largestSlices', () => {
  it('orders by size and gives each its share', () => {
    expect(largestSlices(parts(1, 3), 10)).toEqual([
      { id: 'p1', value: 3, share: 0.75, rest: 0 },
      { id: 'p0', value: 1, share: 0.25, rest: 0 },
    ]);
  });

  it('puts what is beyond the limit together', () => {
    const slices = largestSlices(parts(5, 4, 3, 2, 1), 3);
    expect(slices.map((slice) => slice.id)).toEqual(['p0', 'p1', 'p2', REST_ID]);
    expect(slices[3]).toMatchObject({ value: 3, rest: 2, share: 0.2 });
  });

  it('does not hide a single part behind "other"', () => {
    expect(largestSlices(parts(3, 2, 1), 2).map((slice) => slice.id)).toEqual(['p0', 'p1', 'p2']);
  });

  it('leaves out what is nothing', () => {
    expect(largestSlices(parts(0, 0), 3)).toEqual([]);
  });
});
