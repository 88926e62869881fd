import { describe, expect, it } from 'vitest';
import { OTHER_NAME } from '../../../src-contract/activity-store.ts';
import { daysOfPeriod, typesOf } from '../../state/days-of-period.ts';
import { ownTypes, REST_ID, typeColumns, typeSeries } from './type-columns.ts';

const days = daysOfPeriod(
  {
    as_of: '2026-03-01T00:00:00.000Z',
    days: [
      { date: '2026-02-28', total: 9, by_type: { login: 3, [OTHER_NAME]: 6 } },
      { date: '2026-03-01', total: 4, by_type: { export: 1, login: 3 } },
    ],
  },
  3,
);

describe('daysOfPeriod', () => {
  it('has every day, oldest first, those without activity as well', () => {
    expect(days.map(({ date, total }) => [date, total])).toEqual([
      ['2026-02-27', 0],
      ['2026-02-28', 9],
      ['2026-03-01', 4],
    ]);
  });
});

describe('the columns', () => {
  it('draw what the engine counts together, and what is not drawn on its own, as the rest', () => {
    const types = typesOf(days);
    expect(types.map(({ count }) => count)).toEqual([6, 6, 1]);
    expect(ownTypes(types)).toEqual(['login', 'export']);
    const series = typeSeries(['login'], true);
    expect(series.map(({ id, name }) => [id, name])).toEqual([
      ['login', 'login'],
      [REST_ID, 'Other types'],
    ]);
    expect(typeColumns(days, series).map(({ label, values }) => [label, ...values])).toEqual([
      ['27 Feb', 0, 0],
      ['28 Feb', 3, 6],
      ['1 Mar', 3, 1],
    ]);
  });

  it('have no rest where every type is drawn on its own', () => {
    expect(typeSeries(['login', 'export'], false).map(({ id }) => id)).toEqual(['login', 'export']);
  });
});
