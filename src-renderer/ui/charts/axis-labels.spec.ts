import { describe, expect, it } from 'vitest';
import { labelledColumns } from './axis-labels.ts';

describe('labelledColumns', () => {
  it('names every column while there are few', () => {
    expect(labelledColumns(3, 6)).toEqual([0, 1, 2]);
  });

  it('names some of many, evenly, and the last', () => {
    expect(labelledColumns(30, 6)).toEqual([4, 9, 14, 19, 24, 29]);
    expect(labelledColumns(7, 6)).toEqual([0, 2, 4, 6]);
  });

  it('names nothing where there is no column', () => {
    expect(labelledColumns(0, 6)).toEqual([]);
  });
});
