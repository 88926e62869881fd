import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatDuration,
  formatMicroseconds,
  formatSince,
  formatTime,
  isTimeZone,
  secondsUntil,
} from './time-format.ts';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');

describe('formatTime', () => {
  it('writes the clock of the chosen zone', () => {
    expect(formatTime('2026-11-21T14:02:11.900Z', 'clock', 'UTC')).toBe('14:02:11');
    expect(formatTime('2026-11-21T14:02:11.900Z', 'clock', 'Asia/Tokyo')).toBe('23:02:11');
    expect(formatTime('2026-11-21T14:02:11.900Z', 'full', 'UTC')).toBe('21 Nov 2026, 14:02:11');
  });

  it('does not fail for a zone that nobody knows', () => {
    expect(formatTime(NOON, 'clock', 'Mars/Olympus')).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(isTimeZone(undefined)).toBe(true);
  });
});

describe('formatSince', () => {
  it('names the day only when it is not today', () => {
    expect(formatSince(NOON - 60_000, NOON, 'UTC')).toBe('11:59:00');
    expect(formatSince(NOON - 86_400_000, NOON, 'UTC')).toBe('20 Nov, 12:00:00');
  });
});

describe('spans', () => {
  it('use the two largest units', () => {
    expect([4_999, 125_000, 11_520_000, 187_200_000, 3_600_000].map(formatDuration)).toEqual([
      '4 s',
      '2 min 5 s',
      '3 h 12 min',
      '2 d 4 h',
      '1 h',
    ]);
  });

  it('are never negative', () => {
    expect(formatDuration(-5000)).toBe('0 s');
    expect(secondsUntil(NOON - 1, NOON)).toBe(0);
    expect(secondsUntil(NOON + 3001, NOON)).toBe(4);
  });

  it('say how long ago', () => {
    expect([0, 4_000, 180_000, 18_000_000, 172_800_000].map((age) => formatAge(NOON - age, NOON))).toEqual([
      'now',
      '4 s ago',
      '3 min ago',
      '5 h ago',
      '2 d ago',
    ]);
  });

  it('write microseconds in the unit that reads best', () => {
    expect([430, 4_300, 1_200_000].map(formatMicroseconds)).toEqual(['430 µs', '4.3 ms', '1.2 s']);
  });
});
