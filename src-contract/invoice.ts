import Type, { type Static } from 'typebox';
import { Money } from './money.ts';
import { Timestamp } from './timestamp.ts';

const choice = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));

/** What an invoice can be, as its issuer says: the app does not follow payments. */
export const INVOICE_STATES = ['open', 'paid', 'overdue'] as const;
export const InvoiceState = choice(INVOICE_STATES);
export type InvoiceState = Static<typeof InvoiceState>;

/** At most this much in minor units is one invoice's gross: a million of them still add up exactly. */
export const MAX_INVOICE_MINOR = 1e12;
/** At most this many lines has one invoice. */
export const MAX_INVOICE_LINES = 200;
/** At most this many characters has a text filter. */
export const MAX_SEARCH_TEXT = 200;
/** VAT of events that name none, in hundredths of a percent: fixed, so that a rebuild gives the same. */
export const DEFAULT_VAT_BASIS_POINTS = 1500;

/** One shown invoice as lists and the grid have it. `id` rises in the order in which invoices were shown. */
export const Invoice = Type.Object({
  id: Type.Integer(),
  number: Type.String(),
  company: Type.String(),
  issued_at: Timestamp,
  due_at: Type.Union([Timestamp, Type.Null()]),
  state: InvoiceState,
  source: Type.String({ description: 'Where it came from: simulator, nats, import or local' }),
  vat_percent: Type.String({ description: 'Exact decimal text, such as 15 or 7.5', examples: ['15'] }),
  net: Money,
  vat: Money,
  gross: Money,
});
export type Invoice = Static<typeof Invoice>;

/** One line of an invoice: its net is quantity × unit price, rounded half away from zero to the minor unit. */
export const InvoiceLine = Type.Object({
  description: Type.String(),
  quantity: Type.String({ description: 'Exact decimal text' }),
  unit_price: Type.String({ description: 'Exact decimal text in the invoice’s currency' }),
  net: Money,
});
export type InvoiceLine = Static<typeof InvoiceLine>;

/** An invoice with what the drawer shows beside its row. */
export const InvoiceDetail = Type.Object({
  ...Invoice.properties,
  received_at: Timestamp,
  shown_at: Timestamp,
  run: Type.Union([Type.Integer(), Type.Null()], { description: 'The simulator’s run; null for all others' }),
  country: Type.Union([Type.String(), Type.Null()]),
  lines: Type.Array(InvoiceLine, { maxItems: MAX_INVOICE_LINES }),
});
export type InvoiceDetail = Static<typeof InvoiceDetail>;

/** Sums of invoices in one currency; `average` is gross ÷ count, rounded half away from zero. */
export const InvoiceTotal = Type.Object({
  currency: Type.String(),
  count: Type.Integer(),
  net: Money,
  vat: Money,
  gross: Money,
  average: Money,
});
export type InvoiceTotal = Static<typeof InvoiceTotal>;

/** Totals of a set of invoices: one per currency, in the order of the alphabet, never mixed. */
export const InvoiceTotals = Type.Object({
  count: Type.Integer(),
  totals: Type.Array(InvoiceTotal, { maxItems: 200 }),
  converted: Type.Union(
    [Type.Object({ net: Money, vat: Money, gross: Money, missing: Type.Array(Type.String()) }), Type.Null()],
    {
      description:
        'All of it in the base currency by the fixed rates of Settings, null without any; `missing` names currencies without a rate, which are left out',
    },
  ),
});
export type InvoiceTotals = Static<typeof InvoiceTotals>;

const amount = Type.String({
  pattern: '^-?[0-9]{1,13}(\\.[0-9]{1,3})?$',
  description: 'Exact decimal amount, at most 13 digits and 3 decimals',
  examples: ['1234.56'],
});

/** Which invoices: every field given must hold. Times: `from` is included, `to` is not. Amounts are gross. */
export const invoiceFilter = {
  q: Type.Optional(
    Type.String({
      maxLength: 20_000,
      description: `Words; each must begin a word of number, company or a line. At most ${MAX_SEARCH_TEXT} characters`,
    }),
  ),
  company: Type.Optional(Type.String({ maxLength: 200, description: 'The company’s whole name' })),
  from: Type.Optional(Timestamp),
  to: Type.Optional(Timestamp),
  min: Type.Optional(amount),
  max: Type.Optional(amount),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  state: Type.Optional(InvoiceState),
};
export const InvoiceFilter = Type.Object(invoiceFilter);
export type InvoiceFilter = Static<typeof InvoiceFilter>;

/** Columns that invoices can be sorted by. Sorting by one of the first four is instant at any number of rows. */
export const INVOICE_SORTS = [
  'time',
  'number',
  'company',
  'gross',
  'net',
  'vat',
  'currency',
  'state',
  'due',
  'source',
] as const;
export type InvoiceSortColumn = (typeof INVOICE_SORTS)[number];
/** Those of {@link INVOICE_SORTS} that an index serves, when they are the only one. */
export const INDEXED_SORTS = ['time', 'number', 'company', 'gross'] as const;

/** Refuses a name that stands there again, whatever its order. */
const EACH_ONCE = '(?!(?:.*,)?-?([a-z]+),(?:.*,)?-?\\1(?:,|$))';

/**
 * Up to four columns, each once, the first is the main one; `-` before a name: largest first. Ties go by `id`. Default
 * `-time`.
 */
export const InvoiceSort = Type.String({
  pattern: `^${EACH_ONCE}-?(${INVOICE_SORTS.join('|')})(,-?(${INVOICE_SORTS.join('|')})){0,3}$`,
  description: `Up to four of ${INVOICE_SORTS.join(', ')}, each once, separated by commas; - before one turns its order around. Default: -time`,
  examples: ['-time', 'company,-gross'],
});

/** States of the simulator. */
export const RUN_STATES = ['idle', 'running', 'draining', 'finished'] as const;
export const RunState = choice(RUN_STATES);
export type RunState = Static<typeof RunState>;

/** Limits of a run's figures. */
export const RUN_LIMITS = {
  rate_per_s: { minimum: 0.1, maximum: 5000, default: 5 },
  display_rate_per_s: { minimum: 0.1, maximum: 5000, default: 2 },
  duration_s: { minimum: 1, maximum: 86_400, default: 300 },
  /** What a run may produce in all: its backlog lies on disk. */
  planned: 10_000_000,
} as const;

/** How fast and how long the simulator produces and shows. */
export const runFigures = {
  rate_per_s: Type.Optional(Type.Number(RUN_LIMITS.rate_per_s)),
  display_rate_per_s: Type.Optional(Type.Number(RUN_LIMITS.display_rate_per_s)),
  duration_s: Type.Optional(Type.Number(RUN_LIMITS.duration_s)),
};

/** The simulator and its run. `produced = shown + waiting` at every moment. */
export const InvoiceRun = Type.Object({
  state: RunState,
  run: Type.Union([Type.Integer(), Type.Null()], { description: 'Number of the run; null before the first' }),
  generation: Type.Integer({ description: 'Rises with each reset' }),
  produced: Type.Integer(),
  shown: Type.Integer(),
  waiting: Type.Integer(),
  planned: Type.Integer({ description: 'How many the run produces in all' }),
  rate_per_s: Type.Number(),
  display_rate_per_s: Type.Number(),
  duration_s: Type.Number(),
  produced_per_s: Type.Number({ description: 'Measured over the last 5 s' }),
  shown_per_s: Type.Number({ description: 'Measured over the last 5 s' }),
  started_at: Type.Union([Timestamp, Type.Null()]),
  ended_at: Type.Union([Timestamp, Type.Null()]),
  undo_until: Type.Union([Timestamp, Type.Null()], {
    description: 'Until when the last reset can be taken back',
  }),
  undo_count: Type.Integer({ description: 'How many shown and waiting invoices that would bring back' }),
  note: Type.Union([Type.String(), Type.Null()], {
    description: 'What a user should know, in words: paused and why, gone on after a restart',
  }),
});
export type InvoiceRun = Static<typeof InvoiceRun>;

/** A named look at the grid, kept in the settings. */
export const InvoiceView = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60 }),
  filter: InvoiceFilter,
  sort: InvoiceSort,
  columns: Type.Array(Type.String({ maxLength: 32 }), {
    maxItems: 32,
    description: 'Shown columns in their order',
  }),
});
export type InvoiceView = Static<typeof InvoiceView>;

/** How far an order of rows has come that no index serves; it is kept for 30 s after it was last asked for. */
export const InvoiceOrder = Type.Object({
  order: Type.String({ description: 'What `invoices.rows` takes' }),
  ready: Type.Boolean(),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  count: Type.Integer({ description: 'Rows looked at so far; all of the set when ready' }),
});
export type InvoiceOrder = Static<typeof InvoiceOrder>;

/** A row of an import that would not go in, or did not. */
export const ImportProblem = Type.Object({
  line: Type.Integer({ description: 'Line of the file, the header is 1' }),
  number: Type.Union([Type.String(), Type.Null()]),
  kind: choice(['invalid', 'conflict']),
  reason: Type.String(),
});
export type ImportProblem = Static<typeof ImportProblem>;

/** What an import changes, or would: rows that are new, the same as stored, in conflict with a stored one, or invalid. */
export const ImportReport = Type.Object({
  rows: Type.Integer(),
  added: Type.Integer(),
  unchanged: Type.Integer(),
  conflicts: Type.Integer(),
  invalid: Type.Integer(),
  problems: Type.Array(ImportProblem, { maxItems: 100, description: 'The first 100' }),
  totals: InvoiceTotals,
});
export type ImportReport = Static<typeof ImportReport>;
