import { describe, expect, it } from 'vitest';
import { arrangeColumns, movedOrder } from './column-order.ts';

const columns = ['name', 'one', 'two', 'three'].map((id) => ({
  id,
  title: id,
  width: 80,
  hideable: id !== 'name',
}));
const [name, one, two, three] = columns;
const ids = (list: readonly { id: string }[] | null): string => (list ?? []).map(({ id }) => id).join(' ');

describe('the order of columns', () => {
  it('is the one that was chosen, while the column that names the row stays first', () => {
    expect(ids(arrangeColumns(columns, ['three', 'one', 'two', 'name']))).toBe('name three one two');
  });

  it('puts columns it does not name last, and ignores those that are not there', () => {
    expect(ids(arrangeColumns(columns, ['gone', 'two']))).toBe('name two one three');
  });

  it('moves a column to the place of another, in both directions', () => {
    expect(ids(movedOrder(columns, one!, three!))).toBe('name two three one');
    expect(ids(movedOrder(columns, three!, one!))).toBe('name three one two');
  });

  it('moves nothing before the column that names the row, nor that one', () => {
    expect(movedOrder(columns, two!, name!)).toBeNull();
    expect(movedOrder(columns, name!, two!)).toBeNull();
  });
});
