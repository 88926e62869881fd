import Type, { type Static } from 'typebox';
import { Timestamp } from './timestamp.ts';

const Count = Type.Integer({ minimum: 0 });
const NullableNumber = Type.Union([Type.Number(), Type.Null()]);

/** The windows over which events are summed up: the last 1, 5, 15 minutes, hour or day, or all there ever were. */
export const ANALYTICS_WINDOWS = ['1m', '5m', '15m', '1h', '24h', 'start'] as const;
/** Name of a window; `start` is everything that is stored, with latencies since the engine started. */
export type AnalyticsWindow = (typeof ANALYTICS_WINDOWS)[number];
export const AnalyticsWindow = Type.Unsafe<AnalyticsWindow>(
  Type.Enum([...ANALYTICS_WINDOWS], {
    description:
      'The last minute, 5, 15 minutes, hour or day; start: everything, latencies since the engine started',
  }),
);

/** Percentiles of latencies in microseconds, within 1 % of the exact ones; all 0 while `count` is. `max_us` is exact. */
export const Latency = Type.Object({
  count: Count,
  p50_us: Type.Number(),
  p95_us: Type.Number(),
  p99_us: Type.Number(),
  max_us: Type.Number(),
});
export type Latency = Static<typeof Latency>;

/** Values of events: how many had one, and of those the sum rounded to a millionth, the average and the extremes. */
export const ValueFigures = Type.Object({
  count: Count,
  sum: NullableNumber,
  average: NullableNumber,
  min: NullableNumber,
  max: NullableNumber,
});
export type ValueFigures = Static<typeof ValueFigures>;

/**
 * A type of events within a window. `share` is of all events of the window, 0 to 1. Of a type beyond the cap, `exact` is false
 * and there are at least `count`.
 */
export const TypeFigures = Type.Object({
  type: Type.String(),
  count: Count,
  share: Type.Number(),
  average: NullableNumber,
  exact: Type.Boolean(),
});
export type TypeFigures = Static<typeof TypeFigures>;

/** A bucket of a series; `average` is null where no event had a value. */
export const SeriesPoint = Type.Object({ at: Timestamp, count: Count, average: NullableNumber });
export type SeriesPoint = Static<typeof SeriesPoint>;

/** A frequent type beyond the cap: at least `count − error` and at most `count` events. */
export const FrequentType = Type.Object({ type: Type.String(), count: Count, error: Count });
export type FrequentType = Static<typeof FrequentType>;

/** What a window of events comes to. The percentiles at its top are those from receipt to commit. */
export const AnalyticsFigures = Type.Object({
  env: Type.String(),
  window: AnalyticsWindow,
  from: Type.Union([Timestamp, Type.Null()], { description: 'Where the window begins; null: no event yet' }),
  as_of: Timestamp,
  processed: Type.Integer({ minimum: 0, description: 'Events of the environment ever' }),
  total: Type.Integer({ minimum: 0, description: 'Events that occurred in the window' }),
  events_per_second: Type.Number({ description: 'Over the last 5 s' }),
  value: ValueFigures,
  p50_us: Type.Number(),
  p95_us: Type.Number(),
  p99_us: Type.Number(),
  latency: Type.Object({ commit: Latency, projection: Latency }),
  top_types: Type.Array(TypeFigures, { maxItems: 20 }),
  types: Type.Object({
    known: Count,
    cap: Count,
    other: Type.Integer({ minimum: 0, description: 'Events of the window whose type is beyond the cap' }),
    frequent: Type.Array(FrequentType, {
      maxItems: 20,
      description: 'The most frequent types beyond the cap, since it was reached',
    }),
  }),
  users: Type.Object({
    distinct: Type.Integer({ minimum: 0, description: 'Estimated' }),
    error_percent: Type.Number({ description: 'Standard error of the estimate' }),
  }),
});
export type AnalyticsFigures = Static<typeof AnalyticsFigures>;

/** The figures with the series of the window, oldest first. */
export const AnalyticsSummary = Type.Object({
  ...AnalyticsFigures.properties,
  series: Type.Array(SeriesPoint, { maxItems: 400 }),
});
export type AnalyticsSummary = Static<typeof AnalyticsSummary>;

/** Stages of the pipeline in the order of the flow. */
export const STAGE_IDS = ['receive', 'transform', 'commit', 'aggregate'] as const;
/** Id of a stage. */
export type StageId = (typeof STAGE_IDS)[number];
export const StageId = Type.Unsafe<StageId>(Type.Enum([...STAGE_IDS]));

/**
 * A stage since the engine started: what waits before it and the most that may, what went in and out, what it rejected, the
 * share of the last 5 s in which it worked, and how long it took for a batch: null before the first.
 */
export const Stage = Type.Object({
  id: StageId,
  title: Type.String(),
  queue: Type.Object({ size: Count, limit: Count, high_water: Count }),
  in: Count,
  out: Count,
  rejected: Count,
  per_second: Type.Number(),
  busy: Type.Number({ description: '0 to 1' }),
  p95_us: Type.Union([Type.Number(), Type.Null()]),
  demand: Type.Object({ min: Count, max: Count }),
  slowed_ms: Type.Integer({ minimum: 0, description: 'By how much a drill slows each of its batches' }),
});
export type Stage = Static<typeof Stage>;

/** The pipeline as a whole: which stage holds it up, since when and why in words; null while nothing does. */
export const PipelineState = Type.Object({
  env: Type.String(),
  bottleneck: Type.Union([
    Type.Object({ stage: StageId, since: Timestamp, why: Type.String() }),
    Type.Null(),
  ]),
  sources: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      per_second: Type.Number(),
      waiting: Count,
      limit: Count,
      refused: Type.Integer({ minimum: 0, description: 'Requests answered 429 since the start' }),
    }),
  ),
  windows: Type.Object(
    { open: Count, waiting: Count },
    { description: 'Connected windows, and those that have not drawn their last frame' },
  ),
});
export type PipelineState = Static<typeof PipelineState>;

/** A stored event as the live tail shows it. */
export const TailEvent = Type.Object({
  id: Type.String({ description: 'Journal id, with the part behind a point where a message held several' }),
  source: Type.String(),
  type: Type.String(),
  user: Type.Union([Type.String(), Type.Null()]),
  value: NullableNumber,
  occurred_at: Timestamp,
  received_at: Timestamp,
  body: Type.Unknown({ description: 'The event as it was received' }),
});
export type TailEvent = Static<typeof TailEvent>;
