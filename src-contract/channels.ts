import Type from 'typebox';
import { StageId } from './analytics.ts';
import {
  command,
  feed,
  query,
  type ArgsOf,
  type HeadOf,
  type ParamsOf,
  type ResultOf,
  type RowOf,
} from './channel.ts';
import { EnvironmentName } from './environment.ts';
import { Slug } from './event-bodies.ts';
import { env, page, pageOf } from './paging.ts';
import {
  Community,
  CommunityPoint,
  Holding,
  Portfolio,
  PortfolioSummary,
  Spark,
  TimelineEntry,
  ValuePoint,
} from './portfolio.ts';
import { EVENT_CHANNELS } from './event-channels.ts';
import { INVOICE_CHANNELS } from './invoice-channels.ts';
import { Settings, SettingsPatch } from './settings.ts';
import { AuditEntry, ClientStatus, Service, SystemReport, SystemStatus } from './system.ts';
import { TICKER_CHANNELS } from './ticker-channels.ts';
import { Timestamp } from './timestamp.ts';

const none = Type.Object({});
const done = Type.Object({ done: Type.Literal(true) });
const period = { from: Type.Optional(Timestamp), to: Type.Optional(Timestamp) };

/**
 * Every channel of the app. The preload bridge, the IPC and WebSocket binders, the renderer's client, the REST routes,
 * the OpenAPI document and the fake of component tests are derived from this table; nobody types a channel string
 * elsewhere without the compiler checking it against this one.
 */
export const CHANNELS = {
  'system.status': query({
    summary: 'State of the app: sources, streams, ledger, queues, database, services',
    args: none,
    result: SystemReport,
    http: { method: 'GET', path: '/api/system/status' },
  }),
  'community.get': query({
    summary: 'Totals over all shared portfolios',
    args: Type.Object({ ...env }),
    result: Community,
    http: { method: 'GET', path: '/api/community' },
  }),
  'community.history': query({
    summary: 'Total value per minute',
    args: Type.Object({ ...env, ...period }),
    result: Type.Object({ items: Type.Array(CommunityPoint, { maxItems: 2000 }) }),
    http: { method: 'GET', path: '/api/community/history' },
  }),
  'portfolios.list': query({
    summary: 'Shared portfolios in the order of their slugs; q keeps those whose slug contains it',
    args: Type.Object({ ...env, ...page, q: Type.Optional(Type.String({ maxLength: 64 })) }),
    result: pageOf(PortfolioSummary),
    http: { method: 'GET', path: '/api/portfolios' },
  }),
  'portfolio.get': query({
    summary: 'One shared portfolio with its holdings; not_found when it is not shared',
    args: Type.Object({ ...env, slug: Slug }),
    result: Portfolio,
    http: { method: 'GET', path: '/api/portfolios/:slug' },
  }),
  'portfolio.history': query({
    summary: 'Value of a shared portfolio per minute since its opt-in',
    args: Type.Object({ ...env, ...period, slug: Slug }),
    result: Type.Object({ items: Type.Array(ValuePoint, { maxItems: 2000 }) }),
    http: { method: 'GET', path: '/api/portfolios/:slug/history' },
  }),
  'portfolio.timeline': query({
    summary: 'What happened to a shared portfolio, newest first',
    args: Type.Object({ ...env, ...page, slug: Slug }),
    result: pageOf(TimelineEntry),
    http: { method: 'GET', path: '/api/portfolios/:slug/timeline' },
  }),
  'audit.list': query({
    summary: 'Who changed what, newest first',
    args: Type.Object({ ...page }),
    result: pageOf(AuditEntry),
    http: { method: 'GET', path: '/api/audit' },
  }),
  'environment.set': command({
    summary: 'Switches the active environment',
    args: Type.Object({ name: EnvironmentName }),
    result: Type.Object({ env: EnvironmentName }),
    http: { method: 'PUT', path: '/api/environment' },
  }),
  'service.restart': command({
    summary: 'Restarts a supervised service, a failed one too',
    args: Type.Object({ id: Type.String({ minLength: 1, maxLength: 128 }) }),
    result: done,
    http: { method: 'POST', path: '/api/services/:id/restart' },
  }),
  'settings.get': query({ summary: 'The settings, without secrets', args: none, result: Settings }),
  'settings.set': command({
    summary: 'Changes settings; only the fields that are given',
    args: SettingsPatch,
    result: Settings,
  }),
  'drill.run': command({
    summary: 'Breaks something on purpose; only while the demo environment is active',
    args: Type.Object({
      drill: Type.Unsafe<'crash_portfolio' | 'crash_source' | 'stop_engine' | 'slow_stage'>(
        Type.Enum(['crash_portfolio', 'crash_source', 'stop_engine', 'slow_stage']),
      ),
      stage: Type.Optional(StageId),
      slow_ms: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 1000,
          description: 'By how much slow_stage slows each batch; 0 lifts it',
        }),
      ),
      slug: Type.Optional(Slug),
      source: Type.Optional(
        Type.Unsafe<'demo' | 'stocks'>(
          Type.Enum(['demo', 'stocks'], {
            description: 'What crash_source breaks; by default the demo feed',
          }),
        ),
      ),
    }),
    result: done,
  }),
  status: feed({
    summary: 'State of the app and its services',
    params: none,
    head: SystemStatus,
    row: Service,
    key: 'id',
  }),
  clients: feed({
    summary: 'Connected windows and programs',
    params: none,
    head: Type.Object({ count: Type.Integer() }),
    row: ClientStatus,
    key: 'id',
  }),
  community: feed({
    summary: 'Totals over all shared portfolios',
    params: none,
    head: Community,
    row: Type.Object({}),
    key: 'id',
  }),
  portfolios: feed({
    summary: 'All shared portfolios',
    params: none,
    head: Type.Object({ env: EnvironmentName }),
    row: PortfolioSummary,
    key: 'slug',
  }),
  sparks: feed({
    summary: 'Last hour of every shared portfolio, one number a minute',
    params: none,
    head: Type.Object({ env: EnvironmentName }),
    row: Spark,
    key: 'slug',
  }),
  portfolio: feed({
    summary: 'One portfolio and its holdings; head is null while it is not shared',
    params: Type.Object({ slug: Slug }),
    head: Type.Union([PortfolioSummary, Type.Null()]),
    row: Holding,
    key: 'symbol',
  }),
  settings: feed({
    summary: 'The settings, without secrets',
    params: none,
    head: Settings,
    row: Type.Object({}),
    key: 'id',
  }),
  ...TICKER_CHANNELS,
  ...INVOICE_CHANNELS,
  ...EVENT_CHANNELS,
} as const;

/** The type of the table. */
export type Channels = typeof CHANNELS;
type NamesOfKind<K> = { [N in keyof Channels]: Channels[N] extends { kind: K } ? N : never }[keyof Channels];

/** Names of the channels that ask. */
export type QueryName = NamesOfKind<'query'>;
/** Names of the channels that do. */
export type CommandName = NamesOfKind<'command'>;
/** Names of the channels that ask or do. */
export type CallName = QueryName | CommandName;
/** Names of the channels that keep telling. */
export type FeedName = NamesOfKind<'feed'>;

/** Arguments of a query or command by its name. */
export type CallArgs<N extends CallName> = ArgsOf<Channels[N]>;
/** Answer of a query or command by its name. */
export type CallResult<N extends CallName> = ResultOf<Channels[N]>;
/** Parameters of a feed by its name. */
export type FeedParams<N extends FeedName> = ParamsOf<Channels[N]>;
/** Head of a feed's state by its name. */
export type FeedHead<N extends FeedName> = HeadOf<Channels[N]>;
/** Row of a feed's state by its name. */
export type FeedRow<N extends FeedName> = RowOf<Channels[N]>;
