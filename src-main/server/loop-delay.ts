import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '../lib/clock.ts';
import type { Stoppable } from '../lib/disposables.ts';

/** How late the host's own event loop was, in seconds, within the last full window. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const WINDOW_MS = 10_000;
const RESOLUTION_MS = 10;

/** Measures the event loop's delay in windows of 10 s, so that reading it changes nothing. */
export function loopDelay(clock: Pick<Clock, 'every'>): Stoppable & { read(): LoopDelay } {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let latest: LoopDelay = { p50: 0, p99: 0, max: 0 };
  histogram.enable();
  const cancel = clock.every(WINDOW_MS, () => {
    const { max } = histogram;
    latest = {
      p50: seconds(histogram.percentile(50)),
      p99: seconds(histogram.percentile(99)),
      max: seconds(max),
    };
    histogram.reset();
  });
  return {
    read: () => latest,
    async stop() {
      cancel();
      histogram.disable();
    },
  };
}

/** What is recorded is the time between two ticks, in nanoseconds: the delay is what exceeds the planned one. */
function seconds(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1000);
}
