import { describe, expect, it } from 'vitest';
import { sparkDirection, sparkPaths } from './spark-path.ts';

describe('sparkPaths', () => {
  it('needs two values', () => {
    expect(sparkPaths([])).toBeNull();
    expect(sparkPaths([5])).toBeNull();
  });

  it('goes from the lowest at the bottom to the highest at the top', () => {
    expect(sparkPaths([10, 30, 20])?.line).toBe('M0,26L50,2L100,14');
  });

  it('draws a value that never changes in the middle', () => {
    expect(sparkPaths([7, 7])?.line).toBe('M0,14L100,14');
  });

  it('closes the area at the bottom', () => {
    expect(sparkPaths([0, 1])?.area).toBe('M0,26L100,2L100,28L0,28Z');
  });
});

describe('sparkDirection', () => {
  it('compares the ends', () => {
    expect([sparkDirection([1, 9, 2]), sparkDirection([2, 9, 1]), sparkDirection([1, 9, 1])]).toEqual([
      1, -1, 0,
    ]);
    expect(sparkDirection([])).toBe(0);
  });
});
