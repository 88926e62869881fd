import { describe, expect, it } from 'vitest';
import { RecentRate } from './recent-rate.ts';

describe('a recent rate', () => {
  it('is measured since it began, at first', () => {
    const rate = new RecentRate();
    rate.begin(10_100);
    expect(rate.perSecond(10_100)).toBe(0);
    for (let at = 10_300; at <= 11_100; at += 200) rate.add(1, at);
    expect(rate.perSecond(11_100)).toBe(5);
  });

  it('is measured over the last 5 s, and forgets what was before', () => {
    const rate = new RecentRate();
    rate.begin(0);
    for (let at = 100; at <= 20_000; at += 100) rate.add(at <= 10_000 ? 100 : 1, at);
    expect(rate.perSecond(20_000)).toBeCloseTo(10, 0);
    expect(rate.perSecond(25_000)).toBe(0);
    expect(rate.perSecond(1e9)).toBe(0);
  });

  it('begins anew', () => {
    const rate = new RecentRate();
    rate.begin(0);
    rate.add(500, 1000);
    rate.begin(2000);
    rate.add(3, 3000);
    expect(rate.perSecond(3000)).toBe(3);
  });
});
