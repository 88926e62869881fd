import { describe, expect, it } from 'vitest';
import { indexAt } from './nearest-point.ts';

describe('indexAt', () => {
  const points = [10, 20, 30].map((at) => ({ at, value: at }));

  it('finds the last point at or before a moment', () => {
    expect([5, 10, 19, 20, 99].map((at) => indexAt(points, at))).toEqual([-1, 0, 0, 1, 2]);
    expect(indexAt([], 5)).toBe(-1);
  });
});
