import { describe, expect, it } from 'vitest';
import { EVENT_BODIES } from './event-bodies.ts';
import { EVENT_KINDS, familyOf } from './event-kinds.ts';

describe('event kinds', () => {
  it('keep the numbers that stored journals use', () => {
    expect(EVENT_KINDS).toEqual({
      'portfolio.opted_in': 1,
      'portfolio.updated': 2,
      'portfolio.opted_out': 3,
      'stock.price_updated': 4,
      'invoice.issued': 5,
      'activity.recorded': 6,
      'analytics.event': 7,
    });
  });

  it('are named by their number, and fit into one byte', () => {
    for (const [family, kind] of Object.entries(EVENT_KINDS)) {
      expect(familyOf(kind)).toBe(family);
      expect(kind).toBeLessThan(256);
    }
  });

  it('have no name for a number no version stored', () => {
    expect(() => familyOf(0)).toThrow(new RangeError('unknown event kind 0'));
  });

  it('each have a body', () => {
    expect(Object.keys(EVENT_BODIES)).toEqual(Object.keys(EVENT_KINDS));
  });
});
