import type { AnalyticsFigures, AnalyticsWindow } from '../../../src-contract/analytics.ts';
import type { AnalyticsCheckpoint, AnalyticsState } from '../../../src-contract/analytics-store.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';

/** What a window of events comes to, without latencies. */
export type WindowFigures = Omit<AnalyticsFigures, 'env' | 'p50_us' | 'p95_us' | 'p99_us' | 'latency'>;

/** A bucket of a series; `at` is its start in UTC milliseconds. */
export interface SeriesBucket {
  at: number;
  count: number;
  /** Null where no event had a value. */
  average: number | null;
}

/** What the projection is made of and with. */
export interface AnalyticsProjectionOptions {
  env: string;
  state: AnalyticsState;
  /** The wall clock, UTC milliseconds: what is too old for every window leaves memory by it. */
  now: () => number;
}

/** Events summed up over windows: a fold over the journal. */
export class AnalyticsProjection {
  readonly #env: string;
  #batch: number;

  constructor({ env, state }: AnalyticsProjectionOptions) {
    this.#env = env;
    this.#batch = state.batch;
  }

  /** Number of the last batch that was applied. */
  get batch(): number {
    return this.#batch;
  }

  /** Events of the environment ever. */
  get processed(): number {
    return 0;
  }

  /** Whether a checkpoint should be taken now. */
  get full(): boolean {
    return false;
  }

  /** Applies one committed batch; one that was applied before changes nothing. */
  apply(batch: number, events: readonly JournalEvent[]): void {
    if (batch > this.#batch && events.length >= 0) this.#batch = batch;
  }

  /** What came since the checkpoint before, to be merged into what is stored; null when there is nothing to say. */
  takeCheckpoint(): AnalyticsCheckpoint | null {
    return this.#env === '' ? null : null;
  }

  /** What a window comes to at this time, UTC milliseconds. */
  figures(window: AnalyticsWindow, now: number): WindowFigures {
    throw new Error(`no figures of ${window} at ${now} yet`);
  }

  /** The series of a window, oldest first, at most 400 buckets; those without events are in it. */
  series(window: AnalyticsWindow, now: number): SeriesBucket[] {
    return window === 'start' && now < 0 ? [] : [];
  }

  /** Events received a second, over the last 5 whole ones. */
  eventsPerSecond(now: number): number {
    return now < 0 ? 1 : 0;
  }
}
