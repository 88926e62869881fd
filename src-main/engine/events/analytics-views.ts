import type { AnalyticsFigures, AnalyticsWindow, SeriesPoint } from '../../../src-contract/analytics.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';

/** What a window of an environment's events comes to at this time, UTC milliseconds. */
export function analyticsFigures(
  { env, events, latencies }: EnvironmentRuntime,
  window: AnalyticsWindow,
  now: number,
): AnalyticsFigures {
  const latency = latencies.read(window);
  const { p50_us, p95_us, p99_us } = latency.commit;
  return { env, ...events.analytics.figures(window, now), p50_us, p95_us, p99_us, latency };
}

/** The series of a window as screens show it. */
export function analyticsSeries(
  { events }: EnvironmentRuntime,
  window: AnalyticsWindow,
  now: number,
): SeriesPoint[] {
  return events.analytics.series(window, now).map(({ at, count, average }) => ({
    at: toTimestamp(at),
    count,
    average,
  }));
}
