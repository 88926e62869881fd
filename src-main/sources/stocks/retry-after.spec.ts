import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.ts';

const NOON = Date.UTC(2026, 10, 21, 12);

describe('parseRetryAfter', () => {
  it.each([
    ['30', 30_000],
    [' 0 ', 0],
    ['Sat, 21 Nov 2026 12:00:20 GMT', 20_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
  ])('reads seconds and HTTP dates: %s', (text, ms) => {
    expect(parseRetryAfter(text, NOON)).toBe(ms);
  });

  it.each([undefined, '', '-5', '1.5', 'soon', '99999999999'])('knows nothing else: %s', (text) => {
    expect(parseRetryAfter(text, NOON)).toBeNull();
  });

  it('takes the first of several', () => {
    expect(parseRetryAfter(['7', '9'], NOON)).toBe(7000);
  });
});
