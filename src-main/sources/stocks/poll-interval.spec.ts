import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jittered, LONGEST_MS, MOST_DOUBLINGS, pollInterval, SHORTEST_MS } from './poll-interval.ts';

const usual = { baseSeconds: 5, symbols: 6, hidden: false, doublings: 0 };

describe('pollInterval', () => {
  it('is what is set when nothing asks for more', () => {
    expect(pollInterval(usual)).toEqual({ ms: 5000, reason: 'as set' });
  });

  it('is never below a second', () => {
    expect(pollInterval({ ...usual, baseSeconds: 0.2 })).toEqual({ ms: 1000, reason: 'at least 1 s' });
  });

  it.each([
    [500, 5000],
    [501, 6000],
    [1000, 10_000],
  ])('gives a second to every hundred symbols: %i', (symbols, ms) => {
    expect(pollInterval({ ...usual, symbols }).ms).toBe(ms);
  });

  it('says how many requests made it longer', () => {
    expect(pollInterval({ ...usual, symbols: 950 }).reason).toBe(
      'as set; longer for 950 symbols in 10 requests',
    );
  });

  it.each([
    [1, 15_000],
    [5, 15_000],
    [10, 30_000],
    [30, 60_000],
    [60, 60_000],
    [120, 120_000],
  ])('is tripled while no window is visible, between 15 and 60 s: %i s', (baseSeconds, ms) => {
    expect(pollInterval({ ...usual, baseSeconds, hidden: true }).ms).toBe(ms);
  });

  it.each([
    [1, 10_000],
    [3, 40_000],
    [6, LONGEST_MS],
    [1000, LONGEST_MS],
  ])('is doubled by answers 429, up to five minutes: %i', (doublings, ms) => {
    expect(pollInterval({ ...usual, doublings })).toEqual({
      ms,
      reason: 'as set; longer because the API answered 429',
    });
  });

  it('stays between its bounds, or at what is set beyond them, whatever is asked of it', () => {
    const needs = fc.record({
      baseSeconds: fc.double({ min: 0, max: 3600, noNaN: true }),
      symbols: fc.integer({ min: 0, max: 1000 }),
      hidden: fc.boolean(),
      doublings: fc.integer({ min: 0, max: 2 * MOST_DOUBLINGS }),
    });
    fc.assert(
      fc.property(needs, (need) => {
        const { ms } = pollInterval(need);
        expect(ms).toBeGreaterThanOrEqual(Math.max(SHORTEST_MS, need.baseSeconds * 1000));
        expect(ms).toBeLessThanOrEqual(Math.max(LONGEST_MS, need.baseSeconds * 1000));
      }),
    );
  });
});

describe('jittered', () => {
  it('is give or take a tenth', () => {
    expect([jittered(5000, 0), jittered(5000, 0.5), jittered(5000, 0.999_99)]).toEqual([4500, 5000, 5500]);
  });

  it('is never below a second', () => {
    expect(jittered(1000, 0)).toBe(1000);
  });
});
