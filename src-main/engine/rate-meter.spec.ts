import { describe, expect, it } from 'vitest';
import { RateMeter } from './rate-meter.ts';

describe('the rate meter', () => {
  it('tells events per second over the last seconds', () => {
    const meter = new RateMeter();
    expect(meter.rate(0)).toBe(0);
    meter.add(50);
    meter.add(50);
    expect(meter.rate(1000)).toBe(100);
    expect(meter.rate(2000)).toBe(50);
  });

  it('forgets what was longer ago than its window', () => {
    const meter = new RateMeter(5000);
    meter.rate(0);
    meter.add(1000);
    for (let second = 1; second <= 5; second++) meter.rate(second * 1000);
    expect(meter.rate(6000)).toBe(0);
    expect(meter.rate(7000)).toBe(0);
  });

  it('is 0 while no time has passed', () => {
    const meter = new RateMeter();
    meter.rate(10);
    meter.add(5);
    expect(meter.rate(10)).toBe(0);
  });
});
