import { beforeEach, describe, expect, it } from 'vitest';
import { keptColumns } from './kept-columns.ts';

const KEY = 'pulsedesk.columns.lots';
const NOTHING = { widths: {}, hidden: [] };

beforeEach(() => localStorage.clear());

describe('the columns of a grid', () => {
  it('are remembered over a reload, apart from those of other grids', () => {
    const columns = { widths: { name: 200 }, hidden: ['amount'], order: ['amount', 'name'] };
    keptColumns('lots').current = columns;
    expect(keptColumns('lots').current).toEqual(columns);
    expect(keptColumns('bids').current).toEqual(NOTHING);
  });

  it.each([
    ['no object', '7'],
    ['no widths', '{"hidden":[]}'],
    ['a width that is a text', '{"widths":{"name":"200"},"hidden":[]}'],
    ['a width that is nothing', '{"widths":{"name":null},"hidden":[]}'],
    ['hidden columns that are no list', '{"widths":{},"hidden":{"length":1}}'],
    ['a hidden column that is a number', '{"widths":{},"hidden":[1]}'],
    ['too many hidden columns', JSON.stringify({ widths: {}, hidden: new Array(51).fill('a') })],
    ['an order that is a text', '{"widths":{},"hidden":[],"order":"name"}'],
    ['an order of numbers', '{"widths":{},"hidden":[],"order":[1]}'],
    ['an endless id', JSON.stringify({ widths: { ['a'.repeat(41)]: 1 }, hidden: [] })],
  ])('are the usual ones when the browser remembers %s', (_what, kept) => {
    localStorage.setItem(KEY, kept);
    expect(keptColumns('lots').current).toEqual(NOTHING);
  });
});
