import { describe, expect, it } from 'vitest';
import { CellTable } from './cell-table.ts';

const MINUTE = 60_000;

describe('CellTable', () => {
  it('rounds values to the millionth, half away from zero, and sums whole ones and millionths apart', () => {
    const table = new CellTable(MINUTE);
    const row = table.row(0, 2);
    for (const value of [1.25, -1.25, 0.0000005, -0.0000005, 0.0000004, 7, -0.1])
      table.countValue(row, value);
    table.count(row);
    expect(table.figures(row)).toEqual({
      events: 8,
      valued: 7,
      units: 7,
      micros: -100_000,
      min: -1.25,
      max: 7,
    });
  });

  it('knows its cells by bucket and type, also before 1970 and when there are many', () => {
    const table = new CellTable(MINUTE);
    const rows = new Set<number>();
    for (let bucket = -50; bucket < 50; bucket += 1) {
      for (const type of [0, 1, 1001]) rows.add(table.row(bucket * MINUTE + 59_999, type));
    }
    expect([rows.size, table.size]).toEqual([300, 300]);
    const row = table.row(-MINUTE, 1001);
    expect([table.cells.start[row], table.cells.type[row], table.size]).toEqual([-MINUTE, 1001, 300]);
  });

  it('has no extremes without values', () => {
    const table = new CellTable(MINUTE);
    table.count(table.row(0, 2));
    expect(table.figures(0)).toMatchObject({ valued: 0, min: 0, max: 0 });
    const other = new CellTable(MINUTE);
    other.countValue(other.row(0, 2), 5);
    other.merge(table.cells, 0);
    other.load([{ start: 0, type: 2, events: 1, valued: 0, units: 0, micros: 0, min: 0, max: 0 }]);
    expect(other.figures(0)).toEqual({ events: 3, valued: 1, units: 5, micros: 0, min: 5, max: 5 });
  });

  it('carries millionths before they could become inexact', () => {
    const table = new CellTable(MINUTE);
    const large = {
      start: 0,
      type: 2,
      events: 1,
      valued: 1,
      units: 1,
      micros: 999_999_999_999,
      min: 0,
      max: 0,
    };
    table.load([large, large, { ...large, units: 0, micros: -3_000_000_000_000 }]);
    const { units, micros } = table.figures(0);
    expect(units * 1_000_000 + micros).toBe(2_000_000 + 2 * 999_999_999_999 - 3_000_000_000_000);
    expect(Math.abs(micros)).toBeLessThan(1e12);
  });

  it('forgets old buckets when they are half of all, and keeps the others', () => {
    const table = new CellTable(MINUTE);
    for (let minute = 0; minute < 10; minute += 1) table.countValue(table.row(minute * MINUTE, 2), minute);
    table.prune(4 * MINUTE);
    expect(table.size).toBe(10);
    table.prune(5 * MINUTE);
    expect(table.size).toBe(5);
    expect(table.figures(table.row(7 * MINUTE, 2))).toMatchObject({ events: 1, units: 7, min: 7 });
    expect(table.size).toBe(5);
  });
});
