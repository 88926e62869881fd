import { describe, expect, it } from 'vitest';
import { backOff } from './back-off.ts';

describe('backOff', () => {
  it('doubles from a quarter of a second', () => {
    expect([1, 2, 3, 4].map((attempt) => backOff(attempt, 1))).toEqual([250, 500, 1000, 2000]);
  });

  it('never waits longer than three seconds, however many attempts failed', () => {
    expect([5, 50, 5000].map((attempt) => backOff(attempt, 1))).toEqual([3000, 3000, 3000]);
  });

  it('spreads the upper half at random', () => {
    expect(backOff(10, 0)).toBe(1500);
    expect(backOff(10, 0.5)).toBe(2250);
  });
});
