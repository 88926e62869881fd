import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';
import { LatencyWindows, type LatencyWindow } from './latency-windows.ts';

const MINUTE = 60_000;
const PERCENTS = [0, 50, 95, 99, 100];
/** Length of each window and of its slots. */
const WINDOWS: [LatencyWindow, number, number][] = [
  ['1m', MINUTE, 5000],
  ['5m', 5 * MINUTE, MINUTE],
  ['15m', 15 * MINUTE, MINUTE],
  ['1h', 60 * MINUTE, MINUTE],
  ['24h', 1440 * MINUTE, 60 * MINUTE],
  ['start', Infinity, 1],
];

interface Recorded {
  us: number;
  at: number;
  times: number;
}

/** Latencies at rising times: steps of milliseconds to hours. */
const history = fc
  .array(
    fc.record({
      step: fc.oneof(
        fc.nat({ max: 4000 }),
        fc.nat({ max: 3 * MINUTE }),
        fc.nat({ max: 90 * MINUTE }),
        fc.constantFrom(5000, MINUTE, 60 * MINUTE),
      ),
      us: fc.integer({ min: 1, max: 10_000_000 }),
      times: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 200 },
  )
  .map((steps) => {
    let at = 0;
    return steps.map(({ step, us, times }): Recorded => ({ us, times, at: (at += step) }));
  });

function windowsOf(recorded: readonly Recorded[]): LatencyWindows {
  const windows = new LatencyWindows();
  for (const { us, at, times } of recorded) windows.record(us, at, times);
  return windows;
}

function within(recorded: readonly Recorded[], now: number, length: number, slot: number): number[] {
  const from = length === Infinity ? 0 : Math.floor(now / slot) * slot + slot - length;
  return recorded.filter(({ at }) => at >= from).flatMap(({ us, times }) => Array<number>(times).fill(us));
}

function summary(histogram: LatencyHistogram): number[] {
  return [histogram.count, histogram.max, ...PERCENTS.map((p) => histogram.percentile(p))];
}

describe('LatencyWindows', () => {
  it.each(WINDOWS)('is over %s the histogram of everything recorded in it', (window, length, slot) => {
    fc.assert(
      fc.property(history, fc.nat({ max: 10 * MINUTE }), (recorded, later) => {
        const now = (recorded.at(-1)?.at ?? 0) + later;
        const union = new LatencyHistogram();
        for (const us of within(recorded, now, length, slot)) union.record(us);
        expect(summary(windowsOf(recorded).read(window, now))).toEqual(summary(union));
      }),
    );
  });

  it('is within 1 % of the exact percentiles', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...WINDOWS), (recorded, [window, length, slot]) => {
        const now = recorded.at(-1)?.at ?? 0;
        const sorted = within(recorded, now, length, slot).toSorted((a, b) => a - b);
        const merged = windowsOf(recorded).read(window, now);
        for (const p of [50, 95, 99]) {
          const exact = sorted[Math.ceil(Number(((p * sorted.length) / 100).toFixed(9))) - 1] ?? 0;
          expect(Math.abs(merged.percentile(p) - exact)).toBeLessThanOrEqual(exact / 100);
        }
      }),
    );
  });

  it('is not changed by being read', () => {
    fc.assert(
      fc.property(history, (recorded) => {
        const read = new LatencyWindows();
        for (const { us, at, times } of recorded) {
          read.record(us, at, times);
          for (const [window] of WINDOWS) read.read(window, at);
        }
        const now = recorded.at(-1)?.at ?? 0;
        const unread = windowsOf(recorded);
        for (const [window] of WINDOWS) {
          expect(summary(read.read(window, now))).toEqual(summary(unread.read(window, now)));
        }
      }),
      { numRuns: 20 },
    );
  });
});
