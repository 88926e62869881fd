import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argsOfFilter, filterOf, narrows, queryOfFilter } from './reject-filter.ts';

const OPEN = { state: 'open', source: '', subject: '', q: '' } as const;
const word = fc.string({ maxLength: 60 }).map((text) => text.trim());

describe('the filter of rejects', () => {
  it('is read from the address as it was written', () => {
    const filters = fc.record({
      state: fc.constantFrom('open' as const, 'redriven' as const, 'all' as const),
      source: word,
      subject: word,
      q: word,
    });
    fc.assert(
      fc.property(filters, (filter) => {
        expect(filterOf(queryOfFilter(filter))).toEqual(filter);
      }),
    );
  });

  it('shows those that are open unless the address says otherwise', () => {
    expect(filterOf('?state=elsewhere')).toEqual(OPEN);
    expect(queryOfFilter(OPEN)).toBe('');
  });

  it('asks only for what is filled in, without blanks around it', () => {
    expect(argsOfFilter({ ...OPEN, q: ' value ' })).toEqual({ state: 'open', q: 'value' });
    expect(argsOfFilter({ state: 'all', source: 'nats', subject: 'dev.x', q: '' })).toEqual({
      state: 'all',
      source: 'nats',
      subject: 'dev.x',
    });
  });

  it('knows whether it leaves out open ones', () => {
    expect([OPEN, { ...OPEN, state: 'all' } as const].some(narrows)).toBe(false);
    expect([{ ...OPEN, state: 'redriven' } as const, { ...OPEN, q: 'x' }].every(narrows)).toBe(true);
  });
});
