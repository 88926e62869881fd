import { describe, expect, it } from 'vitest';
import { readFilter } from './filter-fields.ts';
import { addressOf, queryOf, sortOf, sortText, textsOf, USUAL_SORT } from './list-address.ts';

describe('readFilter', () => {
  it('reads days as they are in the zone of the user, the last one as a whole', () => {
    const { filter } = readFilter({ from: '2026-11-21', to: '2026-11-21' }, 'Europe/Berlin');
    expect(filter).toEqual({ from: '2026-11-20T23:00:00.000Z', to: '2026-11-21T23:00:00.000Z' });
  });

  it('knows that a day of changed clocks has 23 or 25 hours', () => {
    expect(readFilter({ from: '2026-03-29', to: '2026-03-29' }, 'Europe/Berlin').filter).toEqual({
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
    });
    expect(readFilter({ from: '2026-10-25', to: '2026-10-25' }, 'Europe/Berlin').filter).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    });
  });

  it.each([
    ['q', 'x'.repeat(201), /201 characters: use at most 200/],
    ['from', '2026-02-31', /year-month-day/],
    ['min', '1,5', /digits with a point/],
    ['max', '1.2345', /3 decimals/],
    ['currency', 'euro', /three letters/],
    ['state', 'lost', /open, paid, overdue/],
  ] as const)('explains a wrong %s at its field and filters nothing by it', (field, text, words) => {
    const { filter, complaints } = readFilter({ [field]: text }, 'UTC');
    expect(filter).toEqual({});
    expect(complaints[field]).toMatch(words);
  });

  it('explains ranges that nothing is in', () => {
    const { filter, complaints } = readFilter(
      { from: '2026-11-22', to: '2026-11-20', min: '10', max: '9.99' },
      'UTC',
    );
    expect(filter).toEqual({ from: '2026-11-22T00:00:00.000Z', min: '10' });
    expect(Object.keys(complaints)).toEqual(['to', 'max']);
  });

  it('takes texts with quotes, percent signs, emoji and from right to left as they are', () => {
    for (const q of ['100%', `"O'Neil" --`, '🧾', 'شركة'])
      expect(readFilter({ q }, 'UTC').filter).toEqual({ q });
  });
});

describe('the address', () => {
  it('gives back fields and sort as they were, wrong ones included', () => {
    const texts = { q: 'a & b=c', company: 'Ünal + Söhne', min: 'ten', to: '2026-11-21' };
    const sort = sortOf('company,-gross');
    expect(addressOf(queryOf({ texts, sort }))).toEqual({ texts, sort });
  });

  it('is empty for the usual look, and leaves out what no sort is', () => {
    expect(queryOf({ texts: {}, sort: USUAL_SORT })).toBe('');
    expect(sortText(addressOf('?sort=-nonsense,gross,gross,net,vat,due,state').sort)).toBe(
      'gross,net,vat,due',
    );
  });

  it('shows the days of a saved filter, and the full time where it is no beginning of a day here', () => {
    const filter = { from: '2026-11-20T23:00:00.000Z', to: '2026-11-21T23:00:00.000Z' };
    expect(textsOf(filter, 'Europe/Berlin')).toEqual({ from: '2026-11-21', to: '2026-11-21' });
    expect(readFilter(textsOf(filter, 'Asia/Tokyo'), 'Asia/Tokyo').filter).toEqual(filter);
  });
});
