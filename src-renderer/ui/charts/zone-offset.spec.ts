import { describe, expect, it } from 'vitest';
import { zoneOffset } from './zone-offset.ts';

const HOUR = 3_600_000;

describe('zoneOffset', () => {
  it('is nothing in UTC', () => {
    expect(zoneOffset(Date.parse('2026-07-01T12:34:56.789Z'), 'UTC')).toBe(0);
  });

  it('knows summer time and half hours', () => {
    expect(zoneOffset(Date.parse('2026-01-15T12:00:00Z'), 'Europe/Berlin')).toBe(HOUR);
    expect(zoneOffset(Date.parse('2026-07-15T12:00:00Z'), 'Europe/Berlin')).toBe(2 * HOUR);
    expect(zoneOffset(Date.parse('2026-07-15T12:00:00Z'), 'Asia/Kolkata')).toBe(5.5 * HOUR);
    expect(zoneOffset(Date.parse('2026-01-15T02:00:00Z'), 'America/New_York')).toBe(-5 * HOUR);
  });
});
