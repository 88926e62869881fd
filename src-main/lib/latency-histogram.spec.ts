import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';

const HOUR_US = 3_600_000_000;
const latency = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: HOUR_US }));
const percents = [0, 1, 50, 95, 99, 99.9, 100];

function of(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

function exact(values: readonly number[], p: number): number {
  const rank = Math.max(1, Math.ceil(Number(((p * values.length) / 100).toFixed(9))));
  return values.toSorted((a, b) => a - b)[rank - 1] ?? Number.NaN;
}

function summary(histogram: LatencyHistogram): number[] {
  return [histogram.count, histogram.max, ...percents.map((p) => histogram.percentile(p))];
}

describe('LatencyHistogram', () => {
  it('is empty at first and after a reset', () => {
    const histogram = new LatencyHistogram();
    expect(summary(histogram)).toEqual(summary(new LatencyHistogram()));
    expect([histogram.count, histogram.max, histogram.percentile(50)]).toEqual([0, 0, 0]);
    histogram.record(3);
    histogram.reset();
    expect([histogram.count, histogram.max, histogram.percentile(50)]).toEqual([0, 0, 0]);
    histogram.record(5);
    expect(summary(histogram)).toEqual([1, 5, 5, 5, 5, 5, 5, 5, 5]);
  });

  it('gives exact percentiles by nearest rank below 128 µs', () => {
    const histogram = of(Array.from({ length: 100 }, (_, index) => index + 1));
    expect([0, 1, 50, 95, 99, 100].map((p) => histogram.percentile(p))).toEqual([1, 1, 50, 95, 99, 100]);
    expect(of([127, 127, 3]).percentile(50)).toBe(127);
  });

  it('takes the rank of 99.9 percent of 1,000 for 999, not for 1,000', () => {
    const histogram = of(Array.from({ length: 1_000 }, (_, index) => (index < 999 ? 1 : 100)));
    expect(histogram.percentile(99.9)).toBe(1);
    expect(histogram.percentile(99.91)).toBe(100);
  });

  it('rounds to whole microseconds and counts what lies outside its span at the nearer end', () => {
    expect(of([1.5]).max).toBe(2);
    for (const low of [0, -7, 0.2, Number.NaN]) expect(of([low]).percentile(100)).toBe(1);
    for (const high of [HOUR_US + 1, 1e300, Number.POSITIVE_INFINITY]) {
      expect(of([high]).max).toBe(HOUR_US);
      expect(Math.abs(of([high]).percentile(50) / HOUR_US - 1)).toBeLessThan(1 / 128);
    }
  });

  it('says the middle of the values that it cannot tell apart', () => {
    expect([126, 127, 128, 129, 130, 256].map((us) => of([us, 500]).percentile(50))).toEqual([
      126, 127, 128.5, 128.5, 130.5, 257.5,
    ]);
  });

  it('refuses percentiles that are none', () => {
    for (const p of [-1, 101, Number.NaN]) expect(() => of([1]).percentile(p)).toThrow(RangeError);
  });

  it('stays within 1/128 of the exact percentile, and never above the largest value', () => {
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 300 }), (values) => {
        const histogram = of(values);
        expect(histogram.count).toBe(values.length);
        expect(histogram.max).toBe(Math.max(...values));
        for (const p of percents) {
          const truth = exact(values, p);
          const error = Math.abs(histogram.percentile(p) - truth);
          expect(error).toBeLessThanOrEqual(truth < 128 ? 0 : truth / 128);
          expect(histogram.percentile(p)).toBeLessThanOrEqual(histogram.max);
        }
      }),
    );
  });

  it('stays within the error at both ends of every power of two', () => {
    for (let power = 1; power < HOUR_US; power *= 2) {
      for (const value of [power - 1, power, power + 1].filter((us) => us >= 1)) {
        expect(Math.abs(of([value, HOUR_US]).percentile(50) - value)).toBeLessThanOrEqual(value / 128);
      }
    }
  });

  it('records many of a latency as one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(latency, fc.nat({ max: 20 }))), (batches) => {
        const many = new LatencyHistogram();
        for (const [us, times] of batches) many.recordMany(us, times);
        const each = of(batches.flatMap(([us, times]) => Array<number>(times).fill(us)));
        expect(summary(many)).toEqual(summary(each));
      }),
    );
  });

  it('merges to the histogram of the union, and leaves the other as it was', () => {
    fc.assert(
      fc.property(fc.array(latency), fc.array(latency), (some, others) => {
        const merged = of(some);
        const other = of(others);
        merged.merge(other);
        expect(summary(merged)).toEqual(summary(of([...some, ...others])));
        expect(summary(other)).toEqual(summary(of(others)));
      }),
    );
  });
});
