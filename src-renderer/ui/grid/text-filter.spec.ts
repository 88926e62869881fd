import { describe, expect, it } from 'vitest';
import { textFilter } from './text-filter.ts';

describe('textFilter', () => {
  it('is none while nothing was typed', () => {
    expect(textFilter('  ')).toBeNull();
  });

  it('wants every word, in any order and case', () => {
    const matches = textFilter('ONE growth');
    expect(matches?.('growth-one')).toBe(true);
    expect(matches?.('growth-two')).toBe(false);
  });
});
