import { TickMarkType } from 'lightweight-charts';
import { describe, expect, it } from 'vitest';
import { ChartClock } from './chart-clock.ts';

const NOON = Date.parse('2026-11-21T12:00:00Z');

describe('ChartClock', () => {
  it('puts full hours of the zone where the library puts its marks, and finds the moment again', () => {
    const clock = new ChartClock('Asia/Kolkata');
    clock.aim(NOON);
    expect(clock.timeOf(NOON) % 86_400).toBe(17.5 * 3600);
    expect(clock.momentOf(clock.timeOf(NOON))).toBe(NOON);
  });

  it('writes labels of the true moment across a change to winter time', () => {
    const clock = new ChartClock('Europe/Berlin');
    clock.aim(Date.parse('2026-10-25T12:00:00Z'));
    const summer = clock.timeOf(Date.parse('2026-10-24T12:00:00Z'));
    expect(clock.tick(summer, TickMarkType.Time)).toBe('14:00');
    expect(clock.tick(summer, TickMarkType.DayOfMonth)).toBe('24 Oct');
    expect(clock.label(summer)).toBe('24 Oct 2026, 14:00:00');
  });

  it('says whether the zone is another one', () => {
    const clock = new ChartClock('UTC');
    expect(clock.setZone('UTC')).toBe(false);
    expect(clock.setZone('Asia/Tokyo')).toBe(true);
  });
});
