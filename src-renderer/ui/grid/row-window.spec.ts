import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowWindow, rowsPerPage, scrollTopToShow } from './row-window.ts';

const base = { scrollTop: 0, viewportHeight: 280, rowHeight: 28, rowCount: 5000 };

describe('rowWindow', () => {
  it('covers what is seen and a few rows around it', () => {
    expect(rowWindow(base)).toEqual({ first: 0, end: 16 });
    expect(rowWindow({ ...base, scrollTop: 2800 })).toEqual({ first: 94, end: 116 });
  });

  it('ends at the last row', () => {
    expect(rowWindow({ ...base, rowCount: 4 })).toEqual({ first: 0, end: 4 });
    expect(rowWindow({ ...base, rowCount: 0 })).toEqual({ first: 0, end: 0 });
  });

  it('stays inside the list and covers every seen row, wherever it is scrolled to', () => {
    const inputs = fc.record({
      scrollTop: fc.integer({ min: -50, max: 200_000 }),
      viewportHeight: fc.integer({ min: 0, max: 2000 }),
      rowHeight: fc.integer({ min: 16, max: 64 }),
      rowCount: fc.integer({ min: 0, max: 5000 }),
    });
    fc.assert(
      fc.property(inputs, (input) => {
        const { first, end } = rowWindow(input);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(input.rowCount);
        const firstSeen = Math.floor(Math.max(0, input.scrollTop) / input.rowHeight);
        if (firstSeen < input.rowCount && input.viewportHeight > 0) {
          expect(first).toBeLessThanOrEqual(firstSeen);
          expect(end).toBeGreaterThan(firstSeen);
        }
      }),
    );
  });
});

describe('scrollTopToShow', () => {
  it('does not move for a row that is already seen whole', () => {
    expect(scrollTopToShow(3, { ...base, scrollTop: 28 })).toBe(28);
  });

  it('moves up or down by no more than is needed', () => {
    expect(scrollTopToShow(1, { ...base, scrollTop: 280 })).toBe(28);
    expect(scrollTopToShow(20, base)).toBe(21 * 28 - 280);
  });
});

describe('rowsPerPage', () => {
  it('counts whole rows, at least one', () => {
    expect(rowsPerPage({ viewportHeight: 290, rowHeight: 28 })).toBe(10);
    expect(rowsPerPage({ viewportHeight: 10, rowHeight: 28 })).toBe(1);
  });
});
