import type { AnalyticsFigures, AnalyticsWindow, Latency } from '../../../src-contract/analytics.ts';
import type { Clock } from '../../lib/clock.ts';
import type { LatencyHistogram } from '../../lib/latency-histogram.ts';
import { LatencyWindows } from '../../lib/latency-windows.ts';

/** How long events of an environment took from receipt: until they were durable, and until they were counted. */
export class EventLatencies {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #windows = { commit: new LatencyWindows(), projection: new LatencyWindows() };

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** So many events took this long, in microseconds. */
  record(kind: 'commit' | 'projection', us: number, events: number): void {
    this.#windows[kind].record(us, this.#clock.monotonic(), events);
  }

  /** The percentiles of a window; those of `start` are since the engine started. */
  read(window: AnalyticsWindow): AnalyticsFigures['latency'] {
    const now = this.#clock.monotonic();
    const { commit, projection } = this.#windows;
    return {
      commit: latencyOf(commit.read(window, now)),
      projection: latencyOf(projection.read(window, now)),
    };
  }
}

function latencyOf(histogram: LatencyHistogram): Latency {
  return {
    count: histogram.count,
    p50_us: histogram.percentile(50),
    p95_us: histogram.percentile(95),
    p99_us: histogram.percentile(99),
    max_us: histogram.max,
  };
}
