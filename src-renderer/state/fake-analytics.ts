import {
  STAGE_IDS,
  type AnalyticsFigures,
  type Latency,
  type PipelineState,
  type SeriesPoint,
  type Stage,
  type StageId,
  type TailEvent,
} from '../../src-contract/analytics.ts';
import type { RedriveReport, RejectDetail } from '../../src-contract/reject-bench.ts';
import type { Reject } from '../../src-contract/system.ts';

const START = '2026-11-21T09:45:00.000Z';
const NOW = '2026-11-21T10:00:00.000Z';

function latency(p50: number): Latency {
  return { count: 900, p50_us: p50, p95_us: p50 * 3, p99_us: p50 * 5, max_us: p50 * 20 };
}

/** Figures of 900 events in 15 minutes, for component tests; `patch` says what is different. */
export function fakeFigures(patch: Partial<AnalyticsFigures> = {}): AnalyticsFigures {
  return {
    env: 'demo',
    window: '15m',
    from: START,
    as_of: NOW,
    processed: 12_345,
    total: 900,
    events_per_second: 1.2,
    value: { count: 600, sum: 6000, average: 10, min: -2.5, max: 99.75 },
    p50_us: 1200,
    p95_us: 3600,
    p99_us: 6000,
    latency: { commit: latency(1200), projection: latency(1500) },
    top_types: [
      { type: 'page_view', count: 675, share: 0.75, average: null, exact: true },
      { type: 'purchase', count: 225, share: 0.25, average: 42.5, exact: true },
    ],
    types: { known: 2, cap: 1000, other: 0, frequent: [] },
    users: { distinct: 321, error_percent: 1.6 },
    ...patch,
  };
}

/** Minutes of a series that ends at 10:00 with these counts and, unless told, an average of 10; for component tests. */
export function fakeSeries(counts: readonly number[], average: number | null = 10): SeriesPoint[] {
  const last = Date.parse(NOW);
  return counts.map((count, index) => ({
    at: new Date(last - (counts.length - 1 - index) * 60_000).toISOString(),
    count,
    average,
  }));
}

const TITLES: Record<StageId, string> = {
  receive: 'Receive',
  transform: 'Transform',
  commit: 'Commit',
  aggregate: 'Aggregate',
};

/** A stage with little to do, for component tests; `patch` says what is different. */
export function fakeStage(id: StageId, patch: Partial<Stage> = {}): Stage {
  return {
    id,
    title: TITLES[id],
    queue: { size: 10, limit: 1000, high_water: 200 },
    in: 5000,
    out: 4990,
    rejected: 0,
    per_second: 25,
    busy: 0.1,
    p95_us: 1500,
    demand: { min: 500, max: 1000 },
    slowed_ms: 0,
    ...patch,
  };
}

/** All four stages, for component tests; `patches` say what is different of some. */
export function fakeStages(patches: Partial<Record<StageId, Partial<Stage>>> = {}): Stage[] {
  return STAGE_IDS.map((id) => fakeStage(id, patches[id]));
}

/** A pipeline that nothing holds up, for component tests; `patch` says what is different. */
export function fakePipeline(patch: Partial<PipelineState> = {}): PipelineState {
  return {
    env: 'demo',
    bottleneck: null,
    sources: [
      { id: 'demo', title: 'Demo feed', per_second: 25, waiting: 0, limit: 10_000, refused: 0 },
      { id: 'http', title: 'HTTP', per_second: 0, waiting: 0, limit: 10_000, refused: 3 },
    ],
    windows: { open: 2, waiting: 1 },
    ...patch,
  };
}

/** An event of the tail, received in the `id`th second after 10:00, for component tests; `patch` says what is different. */
export function fakeTailEvent(id: number, patch: Partial<TailEvent> = {}): TailEvent {
  const at = new Date(Date.parse(NOW) + id * 1000).toISOString();
  return {
    id: String(id),
    source: 'demo',
    type: `type_${id}`,
    user: `user_${id}`,
    value: id,
    occurred_at: at,
    received_at: at,
    body: { type: `type_${id}`, value: id },
    ...patch,
  };
}

/** A reject of an analytics event, for component tests; `patch` says what is different. */
export function fakeReject(id: number, patch: Partial<Reject> = {}): Reject {
  return {
    id,
    env: 'demo',
    source: 'http',
    subject: 'demo.analytics.event',
    received_at: NOW,
    reason: `value must be a number (${id})`,
    bytes: 34,
    payload: `{"type":"purchase","value":"${id}"}`,
    truncated: false,
    attempts: 0,
    redriven_at: null,
    ...patch,
  };
}

/** {@link fakeReject} with its whole payload, for component tests; `patch` says what is different. */
export function fakeRejectDetail(id: number, patch: Partial<RejectDetail> = {}): RejectDetail {
  const reject = fakeReject(id);
  return { ...reject, body: reject.payload, editable: true, ...patch };
}

/** What came of redriving: which rejects were refused, each with a reason; the others were stored. For component tests. */
export function fakeReport(
  ids: readonly number[],
  refused: readonly number[] = [],
  dryRun = false,
): RedriveReport {
  return {
    dry_run: dryRun,
    stored: ids.length - refused.length,
    repeated: 0,
    refused: refused.length,
    outcomes: ids.map((id) =>
      refused.includes(id)
        ? { id, outcome: 'refused', reason: `value must be a number (${id})` }
        : { id, outcome: 'stored', reason: null },
    ),
  };
}
