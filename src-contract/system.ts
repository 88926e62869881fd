import Type, { type Static } from 'typebox';
import { InvoiceRun } from './invoice.ts';
import { Timestamp } from './timestamp.ts';

const Count = Type.Integer({ minimum: 0 });
const NullableTime = Type.Union([Timestamp, Type.Null()]);
const NullableText = Type.Union([Type.String(), Type.Null()]);

/** One supervised service. `restart_at` is set while it backs off; `since` is when the present state began. */
export const Service = Type.Object({
  id: Type.String(),
  title: Type.String(),
  group: Type.String({
    description: 'Branch of the service tree: sources, store, invoices, engine, portfolios',
  }),
  state: Type.Unsafe<ServiceStateName>(
    Type.Enum(['starting', 'running', 'backing_off', 'failed', 'stopped']),
  ),
  since: Timestamp,
  restarts: Count,
  restart_at: NullableTime,
  last_error: NullableText,
  last_error_at: NullableTime,
});
export type Service = Static<typeof Service>;
/** States of a supervised service; `failed` means that its restarts are used up. */
export type ServiceStateName = 'starting' | 'running' | 'backing_off' | 'failed' | 'stopped';

/** States of a source of events as the chips in the top bar show them; `degraded` answers, and nothing comes of it. */
export type SourceStateName =
  'live' | 'connecting' | 'degraded' | 'unreachable' | 'paused' | 'off' | 'failed';

/** A source of events, in words: `detail` says what is wrong and what happens next. */
export const Source = Type.Object({
  id: Type.String(),
  title: Type.String(),
  state: Type.Unsafe<SourceStateName>(
    Type.Enum(['live', 'connecting', 'degraded', 'unreachable', 'paused', 'off', 'failed']),
  ),
  since: NullableTime,
  retry_at: NullableTime,
  detail: Type.String(),
  delivery: Type.Union([Type.Literal('exactly once'), Type.Literal('at most once'), Type.Null()]),
});
export type Source = Static<typeof Source>;

/** A hole in what a stream should have given us: messages it no longer held when we came back. */
export const StreamGap = Type.Object({
  first_seq: Count,
  last_seq: Count,
  count: Count,
  noticed_at: Timestamp,
  reason: Type.String(),
});
export type StreamGap = Static<typeof StreamGap>;

/** A stream incarnation and how far it is stored. `lag` is last_seq − stored_seq. */
export const StreamStatus = Type.Object({
  name: Type.String(),
  env: Type.String(),
  incarnation: Type.Integer(),
  created: Timestamp,
  active: Type.Boolean({ description: 'False for an incarnation that was deleted or replaced' }),
  first_seq: Count,
  last_seq: Count,
  stored_seq: Count,
  lag: Count,
  gaps: Type.Array(StreamGap, { description: 'The latest 20' }),
});
export type StreamStatus = Static<typeof StreamStatus>;

/** Both sides of the ledger: at every moment received = stored + repeated + rejected + waiting. */
export const Ledger = Type.Object({
  received: Count,
  stored: Count,
  repeated: Count,
  rejected: Count,
  waiting: Count,
});
export type Ledger = Static<typeof Ledger>;

/** The ledger of one source. `other` counts messages on subjects the app does not remember. */
export const SourceLedger = Type.Object({ source: Type.String(), ...Ledger.properties, other: Count });
export type SourceLedger = Static<typeof SourceLedger>;

/** A bounded queue: how full it is, its limit, and the most it has held since start. */
export const QueueStatus = Type.Object({
  id: Type.String(),
  title: Type.String(),
  size: Count,
  limit: Count,
  high_water: Count,
});
export type QueueStatus = Static<typeof QueueStatus>;

/** State of the database file. Commit times are from handing a batch over to its commit. */
export const StoreStatus = Type.Object({
  state: Type.Unsafe<'ok' | 'failing'>(Type.Enum(['ok', 'failing'])),
  detail: Type.String(),
  file: Type.String(),
  bytes: Count,
  wal_bytes: Count,
  journal_rows: Count,
  candle_rows: Type.Object(
    { '1s': Count, '1m': Count, '1h': Count, '1d': Count },
    { description: 'Stored candles by interval' },
  ),
  oldest_event_at: NullableTime,
  synchronous: Type.String(),
  schema_version: Type.Integer(),
  commit_p50_us: Type.Number(),
  commit_p99_us: Type.Number(),
  set_aside: NullableText,
});
export type StoreStatus = Static<typeof StoreStatus>;

/** How many supervised services are in each state. */
export const ServiceCounts = Type.Object({
  starting: Count,
  running: Count,
  backing_off: Count,
  failed: Count,
  stopped: Count,
});
export type ServiceCounts = Static<typeof ServiceCounts>;

const UnknownSubject = Type.Object({ subject: Type.String(), count: Count });

/** The state of the app itself. */
export const SystemStatus = Type.Object({
  version: Type.String(),
  instance_id: Type.String(),
  pid: Type.Integer(),
  state: Type.Unsafe<'ok' | 'degraded'>(Type.Enum(['ok', 'degraded'])),
  degraded: Type.Array(Type.String(), { description: 'What is wrong, in words' }),
  env: Type.String(),
  environments: Type.Array(Type.String(), { description: 'Every environment that has stored data' }),
  demo: Type.Object({ on: Type.Boolean(), seed: Type.Integer() }),
  started_at: Timestamp,
  uptime_s: Type.Number(),
  events_per_second: Type.Number(),
  sources: Type.Array(Source),
  streams: Type.Array(StreamStatus),
  ledger: Ledger,
  ledgers: Type.Array(SourceLedger),
  unknown_subjects: Type.Array(UnknownSubject, { description: 'The 100 most frequent' }),
  queues: Type.Array(QueueStatus),
  store: StoreStatus,
  service_counts: ServiceCounts,
});
export type SystemStatus = Static<typeof SystemStatus>;

/** The status with its services, as one answer. */
export const SystemReport = Type.Object({
  ...SystemStatus.properties,
  invoices: InvoiceRun,
  services: Type.Array(Service, {
    description: 'All but the portfolio workers that never failed; at most 200',
  }),
});
export type SystemReport = Static<typeof SystemReport>;

/** One connected window, browser or program. */
export const ClientStatus = Type.Object({
  id: Type.String(),
  kind: Type.Unsafe<ClientKind>(Type.Enum(['window', 'browser', 'http'])),
  title: Type.String(),
  connected_at: Timestamp,
  feeds: Type.Integer(),
  frames_sent: Type.Integer(),
  in_flight: Type.Boolean({ description: 'A frame was sent and not yet drawn' }),
  waiting_s: Type.Number({ description: 'For how long it has not drawn the frame it was sent' }),
});
export type ClientStatus = Static<typeof ClientStatus>;
/** A desktop window, a page over WebSocket, or the REST routes. */
export type ClientKind = 'window' | 'browser' | 'http';

/** A change of state by somebody: kept, and shown in System. */
export const AuditEntry = Type.Object({
  id: Type.Integer(),
  at: Timestamp,
  actor: Type.String(),
  action: Type.String(),
  target: Type.String(),
  result: Type.String(),
});
export type AuditEntry = Static<typeof AuditEntry>;

/** An event that failed validation. */
export const Reject = Type.Object({
  id: Type.Integer(),
  env: Type.String(),
  source: Type.String(),
  subject: Type.String(),
  received_at: Timestamp,
  reason: Type.String(),
  bytes: Count,
  payload: Type.String({
    description: 'The beginning of the body, bytes that are not UTF-8 as \\xNN',
  }),
  truncated: Type.Boolean(),
  attempts: Type.Integer({ minimum: 0, description: 'How often redriving it was refused' }),
  redriven_at: NullableTime,
});
export type Reject = Static<typeof Reject>;
