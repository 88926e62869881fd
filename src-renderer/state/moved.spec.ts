import { describe, expect, it } from 'vitest';
import { moved } from './moved.ts';

describe('moved', () => {
  const list = ['a', 'b', 'c', 'd'];

  it('puts an item at a place and lets the others close up', () => {
    expect(moved(list, 'a', 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(moved(list, 'd', 0)).toEqual(['d', 'a', 'b', 'c']);
  });

  it('stops at the ends, and is the same list when nothing moves', () => {
    expect(moved(list, 'b', 99)).toEqual(['a', 'c', 'd', 'b']);
    expect(moved(list, 'a', -1)).toBe(list);
    expect(moved(list, 'd', 4)).toBe(list);
    expect(moved(list, 'unknown', 1)).toBe(list);
  });
});
