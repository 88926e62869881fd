import Type, { type Static } from 'typebox';
import { Timestamp } from './timestamp.ts';

const Count = Type.Integer({ minimum: 0 });
const NullableTime = Type.Union([Timestamp, Type.Null()]);
const Rate = Type.Number({ minimum: 0, maximum: 1 });

/** States of the circuit breaker; `isolated` is open because somebody tripped it, until somebody resets it. */
export const BREAKER_STATES = ['closed', 'open', 'half_open', 'isolated'] as const;
/** One of {@link BREAKER_STATES}. */
export type BreakerStateName = (typeof BREAKER_STATES)[number];
const BreakerState = Type.Unsafe<BreakerStateName>(Type.Enum([...BREAKER_STATES]));

/** A change of the breaker's state and why. Ids rise with time. */
export const BreakerTransition = Type.Object({
  id: Type.Integer(),
  at: Timestamp,
  from: BreakerState,
  to: BreakerState,
  reason: Type.String(),
});
export type BreakerTransition = Static<typeof BreakerTransition>;

const breaker = {
  env: Type.String(),
  state: BreakerState,
  since: Timestamp,
  failures_in_a_row: Count,
  failures_in_window: Count,
  calls_in_window: Count,
  window_s: Type.Number(),
  last_failure: Type.Union([Type.String(), Type.Null()]),
  last_failure_at: NullableTime,
  opened_at: NullableTime,
  next_probe_at: NullableTime,
  open_today_s: Type.Number({ description: 'Time spent not closed since the UTC day began' }),
};

/** The breaker around the stock API's calls, as feeds show it: it belongs to this instance. */
export const Breaker = Type.Object(breaker);
export type Breaker = Static<typeof Breaker>;

/** The breaker with its latest 100 transitions, newest first. */
export const BreakerReport = Type.Object({ ...breaker, history: Type.Array(BreakerTransition) });
export type BreakerReport = Static<typeof BreakerReport>;

/** A time the breaker was not closed; `to` is null while it lasts. */
export const BreakerSpan = Type.Object({ from: Timestamp, to: NullableTime, reason: Type.String() });
export type BreakerSpan = Static<typeof BreakerSpan>;

/** Faults of the built-in mock API, for demos and tests. Rates are shares of calls, 0 to 1. */
export const MockFaults = Type.Object({
  error_rate: Rate,
  timeout_rate: Rate,
  malformed_rate: Rate,
  limited_rate: Type.Number({ minimum: 0, maximum: 1, description: 'Answered 429 with Retry-After' }),
  retry_after_s: Type.Integer({ minimum: 0, maximum: 3600 }),
  latency_ms: Type.Integer({ minimum: 0, maximum: 60_000 }),
  stale_s: Type.Integer({ minimum: 0, maximum: 86_400, description: 'How old its timestamps are' }),
});
export type MockFaults = Static<typeof MockFaults>;

/** A mock without faults. */
export const NO_FAULTS: MockFaults = {
  error_rate: 0,
  timeout_rate: 0,
  malformed_rate: 0,
  limited_rate: 0,
  retry_after_s: 5,
  latency_ms: 0,
  stale_s: 0,
};

/**
 * Who polls for an environment when instances share: `alone` does not share; `leader` polls for all; `follower` shows what
 * the leader publishes; `off` wanted to share and cannot, `detail` says why.
 */
export type SharingRole = 'alone' | 'leader' | 'follower' | 'candidate' | 'off';

/** How this instance shares the polling with others on its NATS. */
export const Sharing = Type.Object({
  role: Type.Unsafe<SharingRole>(Type.Enum(['alone', 'leader', 'follower', 'candidate', 'off'])),
  leader: Type.Union([Type.String(), Type.Null()], { description: 'Instance id of who polls' }),
  instances: Count,
  detail: Type.String(),
});
export type Sharing = Static<typeof Sharing>;

/** Most symbols that are named as unknown to the stock API. */
export const MAX_UNKNOWN = 100;

/** How prices are polled now. */
export const Polling = Type.Object({
  env: Type.String(),
  api: Type.Object({
    kind: Type.Unsafe<'mock' | 'external' | 'none'>(Type.Enum(['mock', 'external', 'none'])),
    url: Type.Union([Type.String(), Type.Null()], { description: 'Without credentials' }),
  }),
  interval_ms: Type.Integer(),
  interval_reason: Type.String({ description: 'Why the interval is what it is, in words' }),
  symbols: Count,
  calls: Count,
  rows_accepted: Count,
  rows_rejected: Count,
  unknown_symbols: Type.Array(Type.String(), {
    maxItems: MAX_UNKNOWN,
    description: 'Asked for at the last poll, and answered by no row: the API does not know them',
  }),
  last_reject: Type.Union([Type.String(), Type.Null()]),
  last_poll_at: NullableTime,
  last_success_at: NullableTime,
  next_poll_at: NullableTime,
  faults: Type.Union([MockFaults, Type.Null()], { description: 'Null unless the built-in mock is polled' }),
  sharing: Sharing,
});
export type Polling = Static<typeof Polling>;
