import { describe, expect, it } from 'vitest';
import { listPage } from './list-page.ts';

const LETTERS = ['A', 'B', 'C', 'D', 'E'];
const page = (limit: number, cursor?: string) => listPage(LETTERS, (letter) => letter, limit, cursor);

describe('a page of a list', () => {
  it('goes on after the cursor, and names the next one while there is more', () => {
    expect(page(2)).toEqual({ items: ['A', 'B'], next_cursor: 'B' });
    expect(page(2, 'B')).toEqual({ items: ['C', 'D'], next_cursor: 'D' });
    expect(page(2, 'D')).toEqual({ items: ['E'], next_cursor: null });
    expect(page(5)).toEqual({ items: LETTERS, next_cursor: null });
  });

  it('goes on after a key that has gone meanwhile', () => {
    expect(page(2, 'BB').items).toEqual(['C', 'D']);
    expect(page(2, 'Z')).toEqual({ items: [], next_cursor: null });
  });
});
