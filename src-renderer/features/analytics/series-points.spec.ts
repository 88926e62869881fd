import { describe, expect, it } from 'vitest';
import { fakeSeries } from '../../state/fake-analytics.ts';
import { seriesPoints } from './series-points.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-21T10:00:00.000Z');
const span = { from: NOW - 4 * MINUTE, to: NOW };
const values = (points: readonly { value: number }[]) => points.map(({ value }) => value);

describe('a series as it is drawn', () => {
  it('has a point of 0 for every bucket without an event, also before the first', () => {
    const series = seriesPoints(fakeSeries([3, 0, 5]).reverse(), '1h', span);
    expect(series.step).toBe(MINUTE);
    expect(values(series.counts)).toEqual([0, 0, 3, 0, 5]);
    expect(series.counts[0]?.at).toBe(span.from);
    const holed = fakeSeries([3, 4, 9, 5]).filter(({ count }) => count !== 9);
    expect(values(seriesPoints(holed, '1h', span).counts)).toEqual([0, 3, 4, 0, 5]);
  });

  it('goes on to the end of the window when nothing came since', () => {
    const old = fakeSeries([3, 5, 7, 9]).slice(0, 2);
    expect(values(seriesPoints(old, '1h', { from: NOW - 3 * MINUTE, to: NOW }).counts)).toEqual([3, 5, 0, 0]);
  });

  it('knows how long a bucket of the window is when there is only one', () => {
    expect(seriesPoints(fakeSeries([3]), '1m', span).step).toBe(1000);
  });

  it('leaves out the newest bucket while it fills, where buckets are brief', () => {
    const seconds = [3, 5, 1].map((count, index) => ({
      at: new Date(NOW + index * 1000).toISOString(),
      count,
      average: count,
    }));
    const during = seriesPoints(seconds, '1m', { from: NOW, to: NOW + 2400 });
    expect([values(during.counts), values(during.averages)]).toEqual([
      [3, 5],
      [3, 5],
    ]);
    const after = seriesPoints(seconds, '1m', { from: NOW, to: NOW + 3100 });
    expect(values(after.counts)).toEqual([3, 5, 1]);
  });

  it('leaves out averages of buckets in which nothing had a value', () => {
    const buckets = [...fakeSeries([1, 1], null), ...fakeSeries([2], 4.5)].slice(0, 3);
    expect(values(seriesPoints(buckets, '1h', span).averages)).toEqual([4.5]);
  });

  it('is empty without a bucket, and bounded with a window of years', () => {
    expect(seriesPoints([], '1h', span).counts).toEqual([]);
    const long = seriesPoints(fakeSeries([1, 1]), 'start', { from: 0, to: NOW }).counts;
    expect(long.length).toBe(2000);
    expect(long.at(-1)).toEqual({ at: NOW, value: 1 });
  });
});
