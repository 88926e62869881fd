import Type, { type Static } from 'typebox';
import { InvoiceState, MAX_INVOICE_LINES } from './invoice.ts';
import { Timestamp } from './timestamp.ts';

/** At most this many bytes of a portfolio body; beyond it the event is a reject. */
export const MAX_PORTFOLIO_BODY_BYTES = 512 * 1024;
/** At most this many bytes of any other body. */
export const MAX_BODY_BYTES = 64 * 1024;
/** At most this many bytes of a message that packs several events into one array. */
export const MAX_PACKED_BYTES = 1024 * 1024;
/** At most this many events in one array, in a message as over HTTP. */
export const MAX_PACKED_EVENTS = 10_000;
/** A value further from zero is a reject: sums stay exact to a millionth. */
export const MAX_EVENT_VALUE = 1e12;
/** At most this many holdings in one portfolio. */
export const MAX_HOLDINGS = 5000;
/** A body nested deeper than this is a reject. */
export const MAX_BODY_DEPTH = 64;
/** Events dated further than this into the future are rejects, in milliseconds. */
export const MAX_FUTURE_MS = 5 * 60_000;

/** Slug of a portfolio: its address and its key. */
export const Slug = Type.String({
  pattern: '^[a-z0-9][a-z0-9_-]{0,63}$',
  description: 'Slug: 1 to 64 of a-z, 0-9, _ and -, beginning with a letter or digit',
  examples: ['growth-one'],
});

const RawSymbol = Type.String({ minLength: 1, maxLength: 64 });
const Quantity = Type.Number({ minimum: 0, maximum: 1e12 });
const Price = Type.Number({ minimum: 0, maximum: 1e9 });
/**
 * What a caller names its event by: one that comes again within the window of remembered ids is counted as repeated, and
 * not stored again. Unique per environment and family.
 */
export const EventId = Type.String({
  minLength: 1,
  maxLength: 128,
  description: 'Names the event: a repeated one is not counted twice',
});
const occurredAt = { occurred_at: Type.Optional(Timestamp) };

/** One position of a portfolio body, as published: a symbol still to be normalised, quantity, price paid. */
export const HoldingBody = Type.Object({ symbol: RawSymbol, quantity: Quantity, avg_price: Price });
export type HoldingBody = Static<typeof HoldingBody>;

/** Body of `portfolio.opted_in` and `portfolio.updated`. */
export const HoldingsBody = Type.Object({
  slug: Slug,
  holdings: Type.Array(HoldingBody, { maxItems: MAX_HOLDINGS }),
  ...occurredAt,
});
export type HoldingsBody = Static<typeof HoldingsBody>;

/** Body of `portfolio.opted_out`. */
export const OptedOutBody = Type.Object({ slug: Slug, ...occurredAt });
export type OptedOutBody = Static<typeof OptedOutBody>;

const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$', examples: ['USD'] });

/** Body of `stock.price_updated`: the new price, in the base currency unless it names one, and its change in percent. */
export const PriceBody = Type.Object({
  symbol: RawSymbol,
  price: Type.Number({ exclusiveMinimum: 0, maximum: 1e9 }),
  change_percent: Type.Optional(Type.Number({ minimum: -1e6, maximum: 1e6 })),
  currency: Type.Optional(CurrencyCode),
  ...occurredAt,
});
export type PriceBody = Static<typeof PriceBody>;

const DecimalText = Type.String({ pattern: '^-?[0-9]{1,13}(\\.[0-9]{1,6})?$', examples: ['1234.56'] });
/** An exact decimal as text, or a number, which stands for the shortest decimal that names it. */
const DecimalValue = Type.Union([Type.Number(), DecimalText], {
  description:
    'an exact decimal such as 1234.56: at most 13 digits before the point and 6 behind it, without separators or an exponent',
});

/** One line of an invoice body. */
export const InvoiceLineBody = Type.Object({
  description: Type.String({ minLength: 1, maxLength: 500 }),
  quantity: DecimalValue,
  unit_price: DecimalValue,
});
export type InvoiceLineBody = Static<typeof InvoiceLineBody>;

/**
 * Body of `invoice.issued`: lines, or a net amount, or both when they agree; VAT as an amount or a rate, else 15 %. What
 * is given must agree to the minor unit. Without a currency it is in the base currency. `simulated` counts only from the
 * simulator.
 */
export const InvoiceBody = Type.Object({
  number: Type.String({ minLength: 1, maxLength: 64 }),
  company: Type.String({ minLength: 1, maxLength: 200 }),
  country: Type.Optional(Type.String({ maxLength: 64 })),
  currency: Type.Optional(CurrencyCode),
  issued_at: Type.Optional(Timestamp),
  due_at: Type.Optional(Timestamp),
  state: Type.Optional(InvoiceState),
  vat_percent: Type.Optional(DecimalValue),
  lines: Type.Optional(Type.Array(InvoiceLineBody, { minItems: 1, maxItems: MAX_INVOICE_LINES })),
  net: Type.Optional(DecimalValue),
  vat: Type.Optional(DecimalValue),
  gross: Type.Optional(DecimalValue),
  simulated: Type.Optional(Type.Object({ run: Type.Integer(), generation: Type.Integer() })),
  ...occurredAt,
});
export type InvoiceBody = Static<typeof InvoiceBody>;

/** Body of `activity.recorded`. */
export const ActivityBody = Type.Object({
  user: Type.String({ minLength: 1, maxLength: 256 }),
  type: Type.String({ minLength: 1, maxLength: 128 }),
  id: Type.Optional(EventId),
  ...occurredAt,
});
export type ActivityBody = Static<typeof ActivityBody>;

/** Body of `analytics.event`. */
export const AnalyticsBody = Type.Object({
  type: Type.String({ minLength: 1, maxLength: 128 }),
  user_id: Type.Optional(Type.String({ maxLength: 256 })),
  page: Type.Optional(Type.String({ maxLength: 2048 })),
  product_id: Type.Optional(Type.String({ maxLength: 256 })),
  campaign_id: Type.Optional(Type.String({ maxLength: 256 })),
  value: Type.Optional(Type.Number()),
  id: Type.Optional(EventId),
  ...occurredAt,
});
export type AnalyticsBody = Static<typeof AnalyticsBody>;

/** The schema of each family's body, by the name of {@link EVENT_KINDS}. */
export const EVENT_BODIES = {
  'portfolio.opted_in': HoldingsBody,
  'portfolio.updated': HoldingsBody,
  'portfolio.opted_out': OptedOutBody,
  'stock.price_updated': PriceBody,
  'invoice.issued': InvoiceBody,
  'activity.recorded': ActivityBody,
  'analytics.event': AnalyticsBody,
} as const;
