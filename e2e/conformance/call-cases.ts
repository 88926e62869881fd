import type { CallName } from '../../src-contract/channels.ts';

import { NO_OBJECT, wrongCursor, wrongEnv, wrongPage, type CallCase } from './call-case.ts';
import { EVENT_CALL_CASES } from './event-call-cases.ts';
import { INVOICE_CALL_CASES } from './invoice-call-cases.ts';

const withSlug = (cases: readonly { args: object; field: string }[]) => [
  { args: {}, field: '/slug' },
  { args: { slug: 'Two Words' }, field: '/slug' },
  ...cases.map(({ args, field }) => ({ args: { slug: 'fund-01', ...args }, field })),
];
const wrongPeriod = [
  { args: { from: 'yesterday' }, field: '/from' },
  { args: { to: 12 }, field: '/to' },
  { args: { from: '2026-11-21T10:00:00.000Z', to: '2026-11-21T09:00:00.000Z' }, field: '/from' },
];

const withSymbol = (cases: readonly { args: object; field: string }[]) => [
  { args: {}, field: '/symbol' },
  { args: { symbol: '<script>' }, field: '/symbol' },
  { args: { symbol: 'A'.repeat(40) }, field: '/symbol' },
  ...cases.map(({ args, field }) => ({ args: { symbol: 'SYM1', ...args }, field })),
];
const withId = (given: object, cases: readonly { args: object; field: string }[] = []) => [
  { args: given, field: '/id' },
  { args: { ...given, id: 'x'.repeat(33) }, field: '/id' },
  ...cases.map(({ args, field }) => ({ args: { id: 'main', ...args }, field })),
];

/** A case for every query and command of the channel table; a channel without one does not compile. */
export const CALL_CASES: { [N in CallName]: CallCase<N> } = {
  ...INVOICE_CALL_CASES,
  ...EVENT_CALL_CASES,
  'system.status': { good: () => [{}], bad: [NO_OBJECT] },
  'community.get': { good: () => [{}, { env: 'demo' }, { env: 'never-used' }], bad: [NO_OBJECT, wrongEnv] },
  'community.history': {
    good: () => [{}, { env: 'demo' }, { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' }],
    bad: [NO_OBJECT, wrongEnv, ...wrongPeriod],
  },
  'portfolios.list': {
    good: (slug) => [{}, { limit: 2 }, { q: slug }, { q: 'no such one' }, { env: 'demo', limit: 1000 }],
    bad: [NO_OBJECT, wrongEnv, ...wrongPage, { args: { q: 'x'.repeat(65) }, field: '/q' }],
  },
  'portfolio.get': {
    good: (slug) => [{ slug }, { slug, env: 'dev' }],
    bad: [NO_OBJECT, ...withSlug([wrongEnv])],
  },
  'portfolio.history': {
    good: (slug) => [{ slug }, { slug, from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' }],
    bad: [NO_OBJECT, ...withSlug([wrongEnv, ...wrongPeriod])],
  },
  'portfolio.timeline': {
    good: (slug) => [{ slug }, { slug, limit: 1 }],
    bad: [NO_OBJECT, ...withSlug([wrongEnv, wrongCursor, ...wrongPage])],
  },
  'audit.list': { good: () => [{}, { limit: 1 }], bad: [NO_OBJECT, wrongCursor, ...wrongPage] },
  'environment.set': {
    good: () => [{ name: 'staging' }, { name: 'dev' }],
    bad: [
      NO_OBJECT,
      { args: {}, field: '/name' },
      { args: { name: 'PROD' }, field: '/name' },
      { args: { name: 'x'.repeat(33) }, field: '/name' },
    ],
  },
  'service.restart': {
    good: () => [{ id: 'upkeep' }],
    bad: [NO_OBJECT, { args: {}, field: '/id' }, { args: { id: '' }, field: '/id' }],
  },
  'settings.get': { good: () => [{}], bad: [NO_OBJECT] },
  'settings.set': {
    good: () => [
      {},
      { appearance: { theme: 'light', time_zone: 'Asia/Tokyo' } },
      { retention: { journal_days: 7 }, local_api: { port: 0 } },
      { nats: { secret: 'kept and never told' } },
    ],
    bad: [
      NO_OBJECT,
      { args: { appearance: { theme: 'purple' } }, field: '/appearance/theme' },
      { args: { appearance: { time_zone: 'Mars/Base' } }, field: '/appearance/time_zone' },
      { args: { local_api: { port: 70_000 } }, field: '/local_api/port' },
      { args: { retention: { journal_days: 0 } }, field: '/retention/journal_days' },
      { args: { pipeline: { commit: { min: 2, max: 1 } } }, field: '/pipeline/commit/min' },
      { args: { base_currency: 'usd' }, field: '/base_currency' },
      { args: { base_currency: 'ZZZ' }, field: '/base_currency' },
      { args: { nats: { url: 'http://example.com' } }, field: '/nats/url' },
    ],
  },
  'drill.run': {
    env: 'demo',
    good: () => [
      { drill: 'crash_source' },
      { drill: 'crash_portfolio' },
      { drill: 'slow_stage', stage: 'transform', slow_ms: 10 },
      { drill: 'slow_stage', stage: 'transform', slow_ms: 0 },
    ],
    bad: [
      NO_OBJECT,
      { args: {}, field: '/drill' },
      { args: { drill: 'fire' }, field: '/drill' },
      { args: { drill: 'slow_stage', stage: 'lunch' }, field: '/stage' },
      { args: { drill: 'slow_stage', stage: 'commit', slow_ms: 1001 }, field: '/slow_ms' },
      { args: { drill: 'crash_portfolio', slug: 'Two Words' }, field: '/slug' },
    ],
  },
  'tickers.list': {
    good: () => [{}, { limit: 1 }, { q: 'sym' }, { env: 'never-used' }],
    bad: [NO_OBJECT, wrongEnv, ...wrongPage, { args: { q: 'x'.repeat(65) }, field: '/q' }],
  },
  'ticker.get': {
    good: () => [{ symbol: 'SYM1' }, { symbol: ' sym1 ', env: 'dev' }],
    bad: [NO_OBJECT, ...withSymbol([wrongEnv])],
  },
  'ticker.candles': {
    good: () => [
      ...(['1s', '1m', '5m', '1h', '1d'] as const).map((interval) => ({ symbol: 'SYM1', interval })),
      { symbol: 'NEVER', interval: '1m', limit: 1, source: 'nats' },
      { symbol: 'SYM1', interval: '1m', from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
    ],
    bad: [
      NO_OBJECT,
      { args: { symbol: 'SYM1' }, field: '/interval' },
      { args: { symbol: 'SYM1', interval: '2m' }, field: '/interval' },
      { args: { symbol: '<script>', interval: '1m' }, field: '/symbol' },
      { args: { symbol: 'SYM1', interval: '1m', limit: 1001 }, field: '/limit' },
      ...wrongPeriod.map(({ args, field }) => ({ args: { symbol: 'SYM1', interval: '1m', ...args }, field })),
    ],
  },
  'symbols.suggest': {
    good: () => [{ q: '' }, { q: 'sym' }, { q: '<script>' }],
    bad: [NO_OBJECT, { args: {}, field: '/q' }, { args: { q: 'x'.repeat(65) }, field: '/q' }],
  },
  'subscriptions.list': {
    good: () => [{}, { limit: 1 }, { env: 'demo' }],
    bad: [NO_OBJECT, wrongEnv, ...wrongPage],
  },
  'subscription.add': {
    good: () => [{ symbol: 'goog ' }, { symbol: 'SAP@XETR', list: 'main' }],
    bad: [NO_OBJECT, ...withSymbol([{ args: { list: '' }, field: '/list' }])],
  },
  'subscription.remove': {
    good: () => [{ symbol: 'GOOG' }, { symbol: 'sap@xetr', list: 'main' }],
    bad: [NO_OBJECT, ...withSymbol([{ args: { list: '' }, field: '/list' }])],
  },
  'watchlists.get': { good: () => [{}, { env: 'demo' }], bad: [NO_OBJECT, wrongEnv] },
  'watchlist.create': {
    good: () => [{ name: 'Tech' }, { name: 'Autos' }],
    bad: [
      NO_OBJECT,
      { args: {}, field: '/name' },
      { args: { name: ' ' }, field: '/name' },
      { args: { name: 'x'.repeat(41) }, field: '/name' },
    ],
  },
  'watchlist.rename': {
    good: () => [{ id: 'main', name: 'Mine' }],
    bad: [NO_OBJECT, ...withId({ name: 'Mine' }, [{ args: { name: '' }, field: '/name' }])],
  },
  'watchlist.remove': { good: () => [], bad: [NO_OBJECT, ...withId({})] },
  'watchlists.order': {
    good: () => [],
    bad: [NO_OBJECT, { args: {}, field: '/ids' }, { args: { ids: [7] }, field: '/ids/0' }],
  },
  'watchlist.order': {
    good: () => [{ id: 'main', symbols: [] }],
    bad: [NO_OBJECT, ...withId({ symbols: [] }, [{ args: { symbols: 'A' }, field: '/symbols' }])],
  },
  'breaker.get': { good: () => [{}], bad: [NO_OBJECT] },
  'breaker.spans': {
    good: () => [{}, { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' }],
    bad: [NO_OBJECT, wrongEnv, ...wrongPeriod],
  },
  'breaker.trip': { good: () => [{}], bad: [NO_OBJECT] },
  'breaker.reset': { good: () => [{}], bad: [NO_OBJECT] },
  'polling.get': { good: () => [{}], bad: [NO_OBJECT] },
  'mock.faults': {
    env: 'demo',
    good: () => [{ error_rate: 0.5, latency_ms: 10 }, { error_rate: 0 }, {}],
    bad: [
      NO_OBJECT,
      { args: { error_rate: 2 }, field: '/error_rate' },
      { args: { latency_ms: -1 }, field: '/latency_ms' },
    ],
  },
};
