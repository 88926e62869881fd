import { describe, expect, it } from 'vitest';
import { MAX_SELECTED, RowSelection, type PickedRow } from './row-selection.svelte.ts';

const picked = (place: number): PickedRow<number> => ({ key: `k${place}`, row: place, place });
const some = (length: number): PickedRow<number>[] => Array.from({ length }, (_, place) => picked(place));

describe('RowSelection', () => {
  it('adds rows and takes them out again, and gives them in the order of their places', () => {
    const selection = new RowSelection<number>();
    for (const place of [5, 2, 9, 5]) selection.toggle(picked(place));
    expect(selection.rows.map(({ row }) => row)).toEqual([2, 9]);
    expect(selection.has('k5')).toBe(false);
    expect(selection.countOf(100)).toBe(2);
  });

  it('holds no more rows than its limit', () => {
    const selection = new RowSelection<number>();
    expect(selection.set(some(MAX_SELECTED))).toBe(true);
    expect(selection.toggle(picked(MAX_SELECTED))).toBe(false);
    expect(selection.countOf(1e6)).toBe(MAX_SELECTED);
    expect(selection.set(some(MAX_SELECTED + 1))).toBe(false);
    expect(selection.countOf(1e6)).toBe(MAX_SELECTED);
  });

  it('takes all rows without knowing them, but for those left out', () => {
    const selection = new RowSelection<number>();
    selection.setAll();
    selection.toggle(picked(3));
    expect(selection.has('never seen')).toBe(true);
    expect(selection.has('k3')).toBe(false);
    expect(selection.countOf(5_000_000)).toBe(4_999_999);
  });

  it('is empty after it was let go of', () => {
    const selection = new RowSelection<number>();
    selection.setAll();
    selection.clear();
    expect(selection.isEmpty).toBe(true);
    expect(selection.has('k1')).toBe(false);
  });
});
