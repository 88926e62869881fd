import { ROLLUP_MS, type RollupRecord } from '../../../src-contract/analytics-store.ts';
import type { SeriesPoint } from '../../../src-contract/analytics.ts';
import type { CallArgs } from '../../../src-contract/channels.ts';
import { ContractError } from '../../../src-contract/result.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { Clock } from '../../lib/clock.ts';
import { averageOf } from '../../projections/analytics/window-figures.ts';
import type { Handlers } from '../../router/handlers.ts';
import type { Remote, ReaderPort } from '../../store/port.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { periodOf } from '../period.ts';
import { analyticsFigures, analyticsSeries } from './analytics-views.ts';

/** At most this many buckets are answered, the newest of the period. */
const MAX_BUCKETS = 2000;

/** What the queries about analytics read from. */
export interface AnalyticsHandlerOptions {
  read: (env: string | undefined) => Promise<EnvironmentRuntime>;
  reader: Pick<Remote<ReaderPort>, 'rollups'>;
  clock: Clock;
}

/** Handlers of the queries about analytics events: each tells everything that was answered for before. */
export function analyticsHandlers({
  read,
  reader,
  clock,
}: AnalyticsHandlerOptions): Pick<Handlers, 'analytics.summary' | 'analytics.series'> {
  return {
    'analytics.summary': async ({ env, window = '5m' }) => {
      const runtime = await read(env);
      await runtime.applied();
      return {
        ...analyticsFigures(runtime, window, clock.now()),
        series: analyticsSeries(runtime, window, clock.now()),
      };
    },
    'analytics.series': async (args) => {
      const period = wholeBuckets(args, clock.now());
      const runtime = await read(args.env);
      const type = typeNumber(runtime, args);
      if (type === undefined) return { items: [] };
      await runtime.applied();
      await runtime.events.analyticsStored();
      const query = { env: runtime.env, level: args.step, type, ...period };
      const buckets = await reader.rollups(query, MAX_BUCKETS);
      return { items: buckets.map(pointOf) };
    },
  };
}

/** The period as the buckets that touch it. */
function wholeBuckets(args: CallArgs<'analytics.series'>, now: number): { from: number; to: number } {
  const { from, to } = periodOf(args, now, 0);
  const bucket = ROLLUP_MS[args.step];
  return { from: Math.floor(from / bucket) * bucket, to: Math.ceil(to / bucket) * bucket };
}

/** The number of a type, null for all together, and undefined for one that never came. */
function typeNumber(
  { events }: EnvironmentRuntime,
  { type, step }: CallArgs<'analytics.series'>,
): number | null | undefined {
  if (type === undefined) return null;
  if (step === '1s') {
    throw new ContractError(
      'invalid_argument',
      'seconds are counted for all types together: ask for a type by "1m", "15m", "1h" or "1d"',
      { field: '/type' },
    );
  }
  return events.analytics.typeNumber(type);
}

function pointOf(bucket: RollupRecord): SeriesPoint {
  return { at: toTimestamp(bucket.start), count: bucket.events, average: averageOf(bucket) };
}
