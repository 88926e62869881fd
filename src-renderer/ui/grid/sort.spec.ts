import { describe, expect, it } from 'vitest';
import { nextSort, sortedKeys, type SortLevel } from './sort.ts';

describe('nextSort', () => {
  it('goes from the first direction to the other to none', () => {
    const first = nextSort([], 'value', 'descending', false);
    expect(first).toEqual([{ column: 'value', direction: 'descending' }]);
    const second = nextSort(first, 'value', 'descending', false);
    expect(second).toEqual([{ column: 'value', direction: 'ascending' }]);
    expect(nextSort(second, 'value', 'descending', false)).toEqual([]);
  });

  it('replaces the sort by another column', () => {
    const sort = [{ column: 'value', direction: 'descending' as const }];
    expect(nextSort(sort, 'name', 'ascending', false)).toEqual([{ column: 'name', direction: 'ascending' }]);
  });

  it('adds, turns and removes a level when additive, and keeps the others in place', () => {
    const one = [{ column: 'value', direction: 'descending' as const }];
    const two = nextSort(one, 'name', 'ascending', true);
    expect(two).toEqual([one[0], { column: 'name', direction: 'ascending' }]);
    const turned = nextSort(two, 'value', 'descending', true);
    expect(turned.map((key) => `${key.column} ${key.direction}`)).toEqual([
      'value ascending',
      'name ascending',
    ]);
    expect(nextSort(turned, 'value', 'descending', true)).toEqual([two[1]]);
  });
});

describe('sortedKeys', () => {
  interface Row {
    amount: number | null;
    name: string;
  }
  const rows: [string, Row][] = [
    ['d', { amount: 5, name: 'lot 10' }],
    ['a', { amount: null, name: 'lot 2' }],
    ['c', { amount: 5, name: 'Lot 2' }],
    ['b', { amount: 9, name: 'lot 1' }],
  ];
  const byAmount = (direction: SortLevel<Row>['direction']): SortLevel<Row> => ({
    direction,
    valueOf: (row) => row.amount,
  });

  it('puts unknown values last in both directions', () => {
    expect(sortedKeys(rows, [byAmount('ascending')])).toEqual(['c', 'd', 'b', 'a']);
    expect(sortedKeys(rows, [byAmount('descending')])).toEqual(['b', 'c', 'd', 'a']);
  });

  it('compares text as people do: case apart, numbers by their value', () => {
    const byName: SortLevel<Row> = { direction: 'ascending', valueOf: (row) => row.name };
    expect(sortedKeys(rows, [byName])).toEqual(['b', 'a', 'c', 'd']);
  });

  it('breaks ties by the next level, then by key', () => {
    const byName: SortLevel<Row> = { direction: 'descending', valueOf: (row) => row.name };
    expect(sortedKeys(rows, [byAmount('descending'), byName])).toEqual(['b', 'd', 'c', 'a']);
    expect(sortedKeys(rows, [])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps the order that somebody chose among equals', () => {
    expect(sortedKeys(rows, [], true)).toEqual(['d', 'a', 'c', 'b']);
    expect(sortedKeys(rows, [byAmount('ascending')], true)).toEqual(['d', 'c', 'b', 'a']);
  });
});
