import type { CallName } from '../../src-contract/channels.ts';
import type { INVOICE_CHANNELS } from '../../src-contract/invoice-channels.ts';
import { NO_OBJECT, wrongEnv, wrongPage, type CallCase } from './call-case.ts';

type InvoiceCalls = CallName & keyof typeof INVOICE_CHANNELS;

const AS_OF = 1_000_000;
const wrongFilter = [
  { field: 'state', value: 'lost' },
  { field: 'min', value: '1e3' },
  { field: 'max', value: '1.2345' },
  { field: 'currency', value: 'euro' },
  { field: 'from', value: 'yesterday' },
  { field: 'q', value: 'x'.repeat(20_001) },
];
/** Filters that no set has, at the place where a call has its filter. */
const filtered = (given: object = {}) =>
  wrongFilter.map(({ field, value }) => ({
    args: { ...given, filter: { [field]: value } },
    field: `/filter/${field}`,
  }));
const wrongSort = { args: { sort: 'colour' }, field: '/sort' };
const withId = [
  { args: {}, field: '/id' },
  { args: { id: '' }, field: '/id' },
  { args: { id: 'x'.repeat(33) }, field: '/id' },
];
const wrongFigures = [
  { args: { rate_per_s: 0 }, field: '/rate_per_s' },
  { args: { display_rate_per_s: 5001 }, field: '/display_rate_per_s' },
  { args: { duration_s: '300' }, field: '/duration_s' },
];
const invoice = { company: 'Acme', lines: [{ description: 'Bolts', quantity: 2, unit_price: '4.50' }] };

/** A case for every query and command about invoices, in an order in which the run allows its commands. */
export const INVOICE_CALL_CASES: { [N in InvoiceCalls]: CallCase<N> } = {
  'invoice.issue': {
    good: () => [
      { number: 'A-1', invoice },
      { number: 'Ä-2', invoice: { company: 'Müller', net: '1091.50', currency: 'EUR', state: 'paid' } },
    ],
    bad: [
      NO_OBJECT,
      { args: { invoice }, field: '/number' },
      { args: { number: 'A-3', invoice: { ...invoice, net: '9.01' } }, field: '/invoice/net' },
      { args: { number: 'A-3', invoice: { company: 'Acme' } }, field: '/invoice/net' },
      { args: { number: 'A-3', invoice: { ...invoice, number: 'A-4' } }, field: '/invoice/number' },
    ],
  },
  'invoice.get': {
    good: () => [{ id: 1 }],
    bad: [NO_OBJECT, { args: { id: 0 }, field: '/id' }, { args: { id: 1, env: 'Not One' }, field: '/env' }],
  },
  'invoices.stats': { good: () => [{}, { env: 'demo' }, { env: 'never-used' }], bad: [NO_OBJECT, wrongEnv] },
  'invoices.list': {
    good: () => [
      {},
      { limit: 1, sort: '-gross' },
      { limit: 1, sort: 'state,-net' },
      { q: 'mül', company: 'Müller', min: '1', max: '2000.00', currency: 'EUR', state: 'paid' },
      { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
      { env: 'never-used' },
    ],
    bad: [
      NO_OBJECT,
      wrongEnv,
      ...wrongPage,
      wrongSort,
      { args: { cursor: 'nowhere' }, field: '/cursor' },
      { args: { sort: 'net,vat', cursor: 'nowhere' }, field: '/cursor' },
      { args: { q: 'x'.repeat(201) }, field: '/q' },
      { args: { q: '"%_*' }, field: '/q' },
      ...wrongFilter.map(({ field, value }) => ({ args: { [field]: value }, field: `/${field}` })),
    ],
  },
  'invoices.rows': {
    good: () => [
      { filter: {}, as_of: AS_OF, offset: 0, limit: 500 },
      { filter: { state: 'paid' }, sort: 'company', as_of: 0, offset: 7, limit: 1 },
    ],
    bad: [
      NO_OBJECT,
      { args: { filter: {}, as_of: AS_OF, offset: 0, limit: 501 }, field: '/limit' },
      { args: { filter: {}, as_of: AS_OF, offset: -1, limit: 1 }, field: '/offset' },
      { args: { filter: {}, sort: 'net', as_of: AS_OF, offset: 0, limit: 1 }, field: '/order' },
      ...filtered({ as_of: AS_OF, offset: 0, limit: 1 }),
    ],
  },
  'invoices.totals': {
    good: () => [{ filter: {} }, { filter: { q: 'bolts' }, after: 1 }, { filter: {}, as_of: 1 }],
    bad: [NO_OBJECT, { args: {}, field: '/filter' }, ...filtered()],
  },
  'invoices.order': {
    good: () => [{ filter: {}, sort: 'currency,-net', as_of: AS_OF }],
    bad: [
      NO_OBJECT,
      { args: { filter: {}, sort: 'colour', as_of: 1 }, field: '/sort' },
      ...filtered({ sort: 'net', as_of: 1 }),
    ],
  },
  'invoices.companies': {
    good: () => [{ q: '' }, { q: 'mü' }, { q: '"' }],
    bad: [NO_OBJECT, { args: {}, field: '/q' }, { args: { q: 'x'.repeat(201) }, field: '/q' }],
  },
  'control.get': { good: () => [{}], bad: [NO_OBJECT] },
  'control.start': { env: 'demo', good: () => [{}], bad: [NO_OBJECT, ...wrongFigures] },
  'control.rates': {
    env: 'demo',
    good: () => [{ rate_per_s: 10 }, { display_rate_per_s: 0.5, duration_s: 60 }, {}],
    bad: [NO_OBJECT, ...wrongFigures],
  },
  'control.stop': { env: 'demo', good: () => [{}], bad: [NO_OBJECT] },
  'control.reset': { env: 'demo', good: () => [{}], bad: [NO_OBJECT] },
  'control.undo': { env: 'demo', good: () => [{}], bad: [NO_OBJECT] },
  'invoices.export': {
    good: () => [
      { format: 'csv', filter: {} },
      { format: 'json', filter: { q: 'bolts' }, sort: 'company' },
    ],
    bad: [
      NO_OBJECT,
      { args: { format: 'xls', filter: {} }, field: '/format' },
      ...filtered({ format: 'csv' }),
    ],
  },
  'jobs.list': { good: () => [{}, { limit: 1 }], bad: [NO_OBJECT, ...wrongPage] },
  'job.cancel': { good: () => [], bad: [NO_OBJECT, ...withId] },
  'import.begin': {
    good: () => [{ name: 'invoices.csv' }],
    bad: [NO_OBJECT, { args: { name: '' }, field: '/name' }],
  },
  'import.part': { good: () => [], bad: [NO_OBJECT, ...withId.map(withText)] },
  'import.check': { good: () => [], bad: [NO_OBJECT, ...withId] },
  'import.apply': { good: () => [], bad: [NO_OBJECT, ...withId] },
  'import.drop': { good: () => [], bad: [NO_OBJECT, ...withId] },
};

function withText({ args, field }: { args: object; field: string }) {
  return { args: { text: '', ...args }, field };
}
