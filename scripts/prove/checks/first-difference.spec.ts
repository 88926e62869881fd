import { describe, expect, it } from 'vitest';
import { firstDifference } from './first-difference.ts';

describe('the first difference', () => {
  it('is none between equal values', () => {
    expect(firstDifference({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBeNull();
  });

  it('names the place and both values', () => {
    expect(firstDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toBe('a.1.b is 2, not 3');
    expect(firstDifference([1, 2], [1])).toBe('1 is 2, not undefined');
    expect(firstDifference(undefined, { a: 1 })).toBe('it is undefined, not {"a":1}');
  });
});
