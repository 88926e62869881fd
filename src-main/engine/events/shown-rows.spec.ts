import { expect, it } from 'vitest';
import { ShownRows } from './shown-rows.ts';

interface Row {
  id: string;
  n: number;
}

it('rows that are new, changed or gone since they were computed last are told, and no others', () => {
  let now: Row[] = [
    { id: 'a', n: 1 },
    { id: 'b', n: 2 },
  ];
  const shown = new ShownRows<Row>(
    ({ id }) => id,
    () => now,
  );
  expect(shown.all()).toEqual(now);
  expect(shown.refresh()).toEqual([]);
  now = [
    { id: 'b', n: 3 },
    { id: 'c', n: 4 },
  ];
  expect(shown.refresh().sort()).toEqual(['a', 'b', 'c']);
  expect([shown.row('a'), shown.row('b'), shown.row('c')]).toEqual([null, now[0], now[1]]);
  expect(shown.refresh()).toEqual([]);
});

it('a second reader is given the rows that the first was told of, so that what follows fits both', () => {
  let now: Row[] = [{ id: 'a', n: 1 }];
  const shown = new ShownRows<Row>(
    ({ id }) => id,
    () => now,
  );
  shown.all();
  now = [{ id: 'a', n: 2 }];
  expect(shown.all()).toEqual([{ id: 'a', n: 1 }]);
  expect(shown.refresh()).toEqual(['a']);
});
