import { describe, expect, it } from 'vitest';
import { periodOf } from './period.ts';

const NOW = Date.UTC(2026, 10, 21);

describe('periodOf', () => {
  it('is what the arguments say, and else ends now', () => {
    expect(periodOf({}, NOW, 1000)).toEqual({ from: NOW - 1000, to: NOW });
    const from = '2026-11-20T00:00:00Z';
    expect(periodOf({ from, to: '2026-11-20T00:00:01Z' }, NOW, 5)).toEqual({
      from: Date.parse(from),
      to: Date.parse(from) + 1000,
    });
  });

  it.each([
    [
      { to: '2026-13-01T00:00:00Z' },
      '/to',
      '"to" names no day or no hour that there is; a time is as in 2026-',
    ],
    [{ from: '2027-01-01T00:00:00Z' }, '/from', '"from" is after "to"'],
  ])('refuses %j and says why', (args, field, message) => {
    expect(() => periodOf(args, NOW, 1)).toThrow(
      expect.objectContaining({
        code: 'invalid_argument',
        details: { field },
        message: expect.stringContaining(message) as string,
      }),
    );
  });
});
