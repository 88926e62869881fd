import Type from 'typebox';
import { ActivityQuarters, ActivityState, ActivitySummary } from './activity.ts';
import {
  AnalyticsFigures,
  AnalyticsSummary,
  AnalyticsWindow,
  PipelineState,
  SeriesPoint,
  Stage,
  TailEvent,
} from './analytics.ts';
import { command, feed, query } from './channel.ts';
import { env, page, pageOf } from './paging.ts';
import { MAX_REDRIVE, RedriveReport, RejectDetail } from './reject-bench.ts';
import { Reject } from './system.ts';
import { Timestamp } from './timestamp.ts';

const rejectId = Type.Integer({ minimum: 1 });
const dryRun = { dry_run: Type.Optional(Type.Boolean({ description: 'Only say what would happen' })) };
const EditedBody = Type.String({
  maxLength: 1024 * 1024,
  description: 'The body to take instead, as JSON text',
});

/** The channels about activity, analytics, the pipeline and what it rejected. */
export const EVENT_CHANNELS = {
  'activity.summary': query({
    summary:
      'Activity per UTC day and type, and the most active users; computed once, renewed on change or after 10 s',
    args: Type.Object({
      ...env,
      days: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 366,
          default: 30,
          description: 'The last days, today among them',
        }),
      ),
    }),
    result: Type.Object({
      ...ActivitySummary.properties,
      cache: Type.Unsafe<'HIT' | 'MISS'>(Type.Enum(['HIT', 'MISS'])),
    }),
    http: { method: 'GET', path: '/api/metrics/summary', headers: { 'x-cache': 'cache' } },
  }),
  'activity.quarters': query({
    summary: 'Activity per quarter of an hour of the last days, at most 90',
    args: Type.Object({
      ...env,
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, default: 28 })),
    }),
    result: ActivityQuarters,
    http: { method: 'GET', path: '/api/activity/quarters' },
  }),
  'analytics.summary': query({
    summary: 'Totals, rate, values, latencies, top types and series of a window',
    args: Type.Object({ ...env, window: Type.Optional(AnalyticsWindow) }),
    result: AnalyticsSummary,
    http: { method: 'GET', path: '/api/analytics/summary' },
  }),
  'analytics.series': query({
    summary: 'Events per bucket of a period, oldest first; at most 2,000 buckets, empty ones left out',
    args: Type.Object({
      ...env,
      from: Timestamp,
      to: Timestamp,
      step: Type.Unsafe<'1s' | '1m' | '15m' | '1h' | '1d'>(Type.Enum(['1s', '1m', '15m', '1h', '1d'])),
      type: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    }),
    result: Type.Object({ items: Type.Array(SeriesPoint, { maxItems: 2000 }) }),
    http: { method: 'GET', path: '/api/analytics/series' },
  }),
  'rejects.list': query({
    summary: 'Events that failed validation, newest first; q looks into reason and payload',
    args: Type.Object({
      ...env,
      ...page,
      subject: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
      source: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      q: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      state: Type.Optional(
        Type.Unsafe<'open' | 'redriven' | 'all'>(Type.Enum(['open', 'redriven', 'all'], { default: 'all' })),
      ),
    }),
    result: pageOf(Reject),
    http: { method: 'GET', path: '/api/rejects' },
  }),
  'reject.get': query({
    summary: 'One reject with its whole kept payload',
    args: Type.Object({ ...env, id: rejectId }),
    result: RejectDetail,
    http: { method: 'GET', path: '/api/rejects/:id' },
  }),
  'reject.redrive': command({
    summary: 'Checks one reject again, edited if a body is given, and stores it once when it passes',
    args: Type.Object({ id: rejectId, body: Type.Optional(EditedBody), ...dryRun }),
    result: RedriveReport,
    http: { method: 'POST', path: '/api/rejects/:id/redrive' },
  }),
  'rejects.redrive': command({
    summary: `Checks up to ${MAX_REDRIVE.toLocaleString('en')} rejects again, each merged with a patch (RFC 7386) if one is given`,
    args: Type.Object({
      ids: Type.Array(rejectId, { minItems: 1, maxItems: MAX_REDRIVE, uniqueItems: true }),
      patch: Type.Optional(Type.Object({}, { additionalProperties: true })),
      ...dryRun,
    }),
    result: RedriveReport,
    http: { method: 'POST', path: '/api/rejects/redrive' },
  }),
  activity: feed({
    summary: 'How much activity there is: when it changes, there is more to ask for',
    params: Type.Object({}),
    head: ActivityState,
    row: Type.Object({}),
    key: 'id',
  }),
  analytics: feed({
    summary: 'Figures of a window and its series',
    params: Type.Object({ window: AnalyticsWindow }),
    head: AnalyticsFigures,
    row: SeriesPoint,
    key: 'at',
  }),
  eventTail: feed({
    summary: 'The newest 200 stored events of a family, those that contain a text if one is given',
    params: Type.Object({
      family: Type.Unsafe<'activity' | 'analytics'>(Type.Enum(['activity', 'analytics'])),
      q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    }),
    head: Type.Object({
      env: Type.String(),
      seen: Type.Integer({ minimum: 0, description: 'Events of the family since the engine started' }),
    }),
    row: TailEvent,
    key: 'id',
  }),
  pipeline: feed({
    summary: 'The pipeline stage by stage, and which one holds it up',
    params: Type.Object({}),
    head: PipelineState,
    row: Stage,
    key: 'id',
  }),
} as const;
