import { describe, expect, it } from 'vitest';
import { keptTypes } from './kept-types.ts';

describe('keptTypes', () => {
  it('takes the most frequent in their order at first', () => {
    expect(keptTypes([], ['a', 'b', 'c'], 2)).toEqual(['a', 'b']);
  });

  it('keeps their places when they overtake each other', () => {
    expect(keptTypes(['a', 'b'], ['b', 'a', 'c'], 2)).toEqual(['a', 'b']);
  });

  it('gives the place of one that is no longer frequent to the one that came', () => {
    expect(keptTypes(['a', 'b', 'c'], ['b', 'd', 'c', 'a'], 3)).toEqual(['d', 'b', 'c']);
  });

  it('puts a new one behind the others while there is room, and drops one that is gone', () => {
    expect(keptTypes(['a', 'b'], ['b', 'a', 'c'], 8)).toEqual(['a', 'b', 'c']);
    expect(keptTypes(['a', 'b'], ['b'], 8)).toEqual(['b']);
  });
});
