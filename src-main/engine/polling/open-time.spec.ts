import { describe, expect, it } from 'vitest';
import { OpenTime } from './open-time.ts';

const DAY = 86_400_000;
const NOON = 100 * DAY + DAY / 2;

describe('the time spent open', () => {
  it('adds up over spans, the one that lasts included', () => {
    const time = new OpenTime();
    time.take(NOON, true);
    time.take(NOON + 1000, true);
    time.take(NOON + 5000, false);
    time.take(NOON + 6000, false);
    expect(time.read(NOON + 9000)).toBe(5000);
    time.take(NOON + 10_000, true);
    expect(time.read(NOON + 12_000)).toBe(7000);
  });

  it('begins anew with the day, with what of a span lies in it', () => {
    const time = new OpenTime();
    time.take(NOON, true);
    const midnight = 101 * DAY;
    expect(time.read(midnight - 1)).toBe(DAY / 2 - 1);
    expect(time.read(midnight + 3000)).toBe(3000);
    time.take(midnight + 4000, false);
    expect(time.read(midnight + 9000)).toBe(4000);
  });

  it('is never negative when the wall clock goes back', () => {
    const time = new OpenTime();
    time.take(NOON, true);
    expect(time.read(NOON - 1000)).toBe(0);
    time.take(NOON - 1000, false);
    expect(time.read(NOON)).toBe(0);
  });
});
