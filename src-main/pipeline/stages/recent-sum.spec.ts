import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_RECENT_MS, RecentSum } from './recent-sum.ts';

describe('a recent sum', () => {
  it('is what was added per millisecond, and forgets what is older than five seconds', () => {
    const sum = new RecentSum();
    for (let at = 0; at < 5000; at += 100) sum.add(at, 200);
    expect(sum.perMs(5000, 5000)).toBeCloseTo(2, 1);
    expect(sum.perMs(7500, 5000)).toBeCloseTo(0.95, 1);
    expect(sum.perMs(60_000, 5000)).toBe(0);
    sum.add(1000, 5);
    expect(sum.perMs(60_000, 5000)).toBe(0);
  });

  it('is zero at the very beginning', () => {
    expect(new RecentSum().perMs(0, 1500)).toBe(0);
  });

  it('of spans is their share of the time', () => {
    const sum = new RecentSum();
    for (let at = 0; at < 20_000; at += 1000) sum.addSpan(at, at + 250);
    expect(sum.perMs(20_000, LONGEST_RECENT_MS)).toBeCloseTo(0.25, 1);
    sum.addSpan(20_000, 90_000);
    expect(sum.perMs(90_000, 1500)).toBe(1);
  });

  it('of spans in any pieces is that of the whole, and never more than all of the time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 30 }), (lengths) => {
        const pieces = new RecentSum();
        const whole = new RecentSum();
        let at = 0;
        for (const length of lengths) {
          pieces.addSpan(at, at + length);
          at += length;
        }
        whole.addSpan(0, at);
        for (const ms of [250, 1500, LONGEST_RECENT_MS]) {
          expect(pieces.perMs(at, ms)).toBeCloseTo(whole.perMs(at, ms), 9);
          expect(pieces.perMs(at, ms)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
});
