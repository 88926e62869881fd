import { describe, expect, it } from 'vitest';
import { ANALYTICS_WINDOWS } from '../../../src-contract/analytics.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { START, analyticsEvent, analyticsProjection } from './testing/analytics-fixture.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function after(events: readonly JournalEvent[], now: number) {
  const projection = analyticsProjection({ now });
  projection.apply(1, events);
  return projection;
}

describe('the series of a window', () => {
  const now = START + 17_300;
  const ages = Array.from({ length: 4000 }, (_, index) => Math.floor(1.006 ** index) % (23 * HOUR));
  const projection = after(
    ages.map((age) => analyticsEvent(now - age, { value: age })),
    now,
  );

  it.each([
    ['1m', 1000, 58],
    ['5m', 5000, 60],
    ['15m', 15_000, 58],
    ['1h', MINUTE, 60],
    ['24h', 15 * MINUTE, 95],
  ] as const)('of %s has a bucket every %i ms, %i in all', (window, step, length) => {
    const series = projection.series(window, now);
    expect(series).toHaveLength(length);
    expect(series.at(-1)?.at).toBe(Math.floor(now / step) * step);
    expect(new Set(series.slice(1).map(({ at }, index) => at - (series[index]?.at ?? 0)))).toEqual(
      new Set([step]),
    );
  });

  it('adds up to the total of its window', () => {
    for (const window of ANALYTICS_WINDOWS) {
      const { total, from } = projection.figures(window, now);
      const series = projection.series(window, now);
      expect([window, series.reduce((sum, { count }) => sum + count, 0)]).toEqual([window, total]);
      expect(series[0]?.at).toBe(Date.parse(from ?? ''));
    }
  });

  it('has empty buckets too, whose average is unknown', () => {
    const events = [0, 3000, 3500].map((age) => analyticsEvent(now - age, age === 0 ? {} : { value: age }));
    expect(after(events, now).series('1m', now).slice(-5)).toEqual([
      { at: START + 13_000, count: 1, average: 3500 },
      { at: START + 14_000, count: 1, average: 3000 },
      { at: START + 15_000, count: 0, average: null },
      { at: START + 16_000, count: 0, average: null },
      { at: START + 17_000, count: 1, average: null },
    ]);
  });

  it('of all time is of hours up to 400 of them, then of days, the newest 400', () => {
    const young = after([analyticsEvent(now - 399 * HOUR, {})], now).series('start', now);
    expect([young.length, young[0]?.count]).toEqual([400, 1]);
    const older = after([analyticsEvent(now - 400 * HOUR, {})], now).series('start', now);
    expect([older.length, older[0]]).toEqual([18, { at: Date.UTC(2026, 10, 4), count: 1, average: null }]);
    const oldest = after([analyticsEvent(now - 500 * DAY, {}), analyticsEvent(now - 5 * DAY, {})], now);
    expect(oldest.series('start', now).map(({ count }) => count)).toHaveLength(400);
    expect(oldest.figures('start', now).total).toBe(2);
  });
});
