import type { CallName } from '../../src-contract/channels.ts';
import type { EVENT_CHANNELS } from '../../src-contract/event-channels.ts';
import { NO_OBJECT, wrongCursor, wrongEnv, wrongPage, type CallCase } from './call-case.ts';

type EventCalls = CallName & keyof typeof EVENT_CHANNELS;

/** The price that is no JSON, published before everything else. */
const REJECT = 1;
const EDITED = '{"symbol":"SYM1","price":12.5}';
const day = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' };
const wrongDays = (most: number) => [
  { args: { days: 0 }, field: '/days' },
  { args: { days: most + 1 }, field: '/days' },
  { args: { days: '7' }, field: '/days' },
];

/** A case for every query and command about activity, analytics and rejects. */
export const EVENT_CALL_CASES: { [N in EventCalls]: CallCase<N> } = {
  'activity.summary': {
    good: () => [{}, { days: 1 }, { days: 366, env: 'demo' }, { env: 'never-used' }],
    bad: [NO_OBJECT, wrongEnv, ...wrongDays(366)],
  },
  'activity.quarters': {
    good: () => [{}, { days: 90 }, { env: 'never-used' }],
    bad: [NO_OBJECT, wrongEnv, ...wrongDays(90)],
  },
  'analytics.summary': {
    good: () => [
      {},
      ...(['1m', '5m', '15m', '1h', '24h', 'start'] as const).map((window) => ({ window })),
      { env: 'never-used' },
    ],
    bad: [NO_OBJECT, wrongEnv, { args: { window: '2m' }, field: '/window' }],
  },
  'analytics.series': {
    good: () => [
      ...(['1s', '1m', '15m', '1h', '1d'] as const).map((step) => ({ ...day, step })),
      { ...day, step: '1h', type: 'never came' },
    ],
    bad: [
      NO_OBJECT,
      { args: day, field: '/step' },
      { args: { ...day, step: '5m' }, field: '/step' },
      { args: { ...day, step: '1s', type: 'page_view' }, field: '/type' },
      { args: { ...day, step: '1h', from: 'yesterday' }, field: '/from' },
      { args: { from: day.to, to: day.from, step: '1h' }, field: '/from' },
    ],
  },
  'rejects.list': {
    good: () => [
      {},
      { limit: 1 },
      { env: 'demo' },
      { subject: 'stock.price_updated', source: 'nats', q: '{', state: 'open' },
    ],
    bad: [
      NO_OBJECT,
      wrongEnv,
      wrongCursor,
      ...wrongPage,
      { args: { state: 'gone' }, field: '/state' },
      { args: { q: '' }, field: '/q' },
    ],
  },
  'reject.get': {
    good: () => [{ id: REJECT }, { id: REJECT, env: 'dev' }],
    bad: [NO_OBJECT, { args: {}, field: '/id' }, { args: { id: '1' }, field: '/id' }],
  },
  'reject.redrive': {
    good: () => [
      { id: REJECT, dry_run: true },
      { id: REJECT },
      { id: REJECT, body: EDITED, dry_run: true },
      { id: REJECT, body: EDITED },
      { id: REJECT, body: EDITED },
    ],
    bad: [NO_OBJECT, { args: { id: 0 }, field: '/id' }, { args: { id: REJECT, body: {} }, field: '/body' }],
  },
  'rejects.redrive': {
    good: () => [{ ids: [REJECT, 999_999], patch: { price: 12.5 }, dry_run: true }, { ids: [999_999] }],
    bad: [
      NO_OBJECT,
      { args: { ids: [] }, field: '/ids' },
      { args: { ids: [REJECT, REJECT] }, field: '/ids' },
      { args: { ids: [REJECT], patch: [] }, field: '/patch' },
    ],
  },
};
