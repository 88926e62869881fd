import { describe, expect, it } from 'vitest';
import { keyedEvents } from './recent-events.ts';

const left = { at: '2026-11-21T10:00:00.000Z', slug: null, change: 'opted_out' } as const;

describe('keyedEvents', () => {
  it('tells unnamed events of the same moment apart', () => {
    const keys = keyedEvents([left, left, left]).map((event) => event.key);
    expect(new Set(keys).size).toBe(3);
  });

  it('keeps the keys of older events when newer ones come', () => {
    const before = keyedEvents([left, left]).map((event) => event.key);
    const after = keyedEvents([left, left, left]).map((event) => event.key);
    expect(after.slice(1)).toEqual(before);
  });
});
