import Type, { type Static } from 'typebox';
import { Slug } from './event-bodies.ts';
import { InstrumentSymbol } from './instrument.ts';
import { Money } from './money.ts';
import { Timestamp } from './timestamp.ts';

/**
 * How far a value can be trusted: by the age of the oldest price in it. `breaker_open`: its price was polled, and the
 * breaker keeps from polling now. `none`: there is no price yet.
 */
export const Freshness = Type.Unsafe<'live' | 'late' | 'stale' | 'breaker_open' | 'none'>(
  Type.Enum(['live', 'late', 'stale', 'breaker_open', 'none']),
);
export type Freshness = Static<typeof Freshness>;

/** Percentages are plain numbers: 12.5 means 12.5 %. Null where the divisor is 0 or unknown. */
const Percent = Type.Union([Type.Number(), Type.Null()]);

const provenance = {
  as_of: Type.Union([Timestamp, Type.Null()], { description: 'Time of the oldest price used' }),
  source: Type.Union([Type.String(), Type.Null()], { description: 'Where the prices come from' }),
  freshness: Freshness,
};

const metrics = {
  total_value: Money,
  cost_basis: Money,
  gain: Money,
  gain_percent: Percent,
  day_change: Type.Union([Money, Type.Null()], { description: 'Against the first price of the UTC day' }),
  day_change_percent: Percent,
  holding_count: Type.Integer(),
  partial: Type.Boolean({ description: 'True while a holding has no price and is left out of the totals' }),
};

/** A shared portfolio in lists. */
export const PortfolioSummary = Type.Object({
  slug: Slug,
  ...metrics,
  opted_in_at: Timestamp,
  updated_at: Timestamp,
  ...provenance,
});
export type PortfolioSummary = Static<typeof PortfolioSummary>;

/** One holding with its computed metrics; value, gain and weight are null while it has no price. */
export const Holding = Type.Object({
  symbol: InstrumentSymbol,
  quantity: Type.Number(),
  avg_price: Type.Number(),
  price: Type.Union([Type.Number(), Type.Null()]),
  change_percent: Percent,
  value: Type.Union([Money, Type.Null()]),
  cost: Money,
  gain: Type.Union([Money, Type.Null()]),
  gain_percent: Percent,
  weight: Type.Union([Type.Number({ description: 'Share of total value, 0 to 1' }), Type.Null()]),
  ...provenance,
});
export type Holding = Static<typeof Holding>;

/** One shared portfolio with its holdings. */
export const Portfolio = Type.Object({ ...PortfolioSummary.properties, holdings: Type.Array(Holding) });
export type Portfolio = Static<typeof Portfolio>;

/** A point of a value history: the last value known in that minute. */
export const ValuePoint = Type.Object({ at: Timestamp, value: Money, cost: Money });
export type ValuePoint = Static<typeof ValuePoint>;

/** What an event did to a portfolio. */
export const PortfolioChange = Type.Unsafe<'opted_in' | 'updated' | 'opted_out' | 'ignored'>(
  Type.Enum(['opted_in', 'updated', 'opted_out', 'ignored']),
);
export type PortfolioChange = Static<typeof PortfolioChange>;

/** An entry of a portfolio's timeline; `holding_count` is how many holdings it had afterwards. */
export const TimelineEntry = Type.Object({
  at: Timestamp,
  change: PortfolioChange,
  holding_count: Type.Integer(),
  added: Type.Array(Type.String()),
  removed: Type.Array(Type.String()),
});
export type TimelineEntry = Static<typeof TimelineEntry>;

/** Totals over all shared portfolios of an environment. */
export const Community = Type.Object({
  portfolio_count: Type.Integer(),
  total_value: Money,
  cost_basis: Money,
  gain: Money,
  gain_percent: Percent,
  day_change: Type.Union([Money, Type.Null()]),
  day_change_percent: Percent,
  partial: Type.Boolean(),
  symbol_count: Type.Integer(),
  most_held: Type.Array(
    Type.Object({
      symbol: InstrumentSymbol,
      portfolios: Type.Integer(),
      value: Money,
      price: Type.Union([Type.Number(), Type.Null()]),
    }),
    { description: 'The 10 symbols held by most portfolios' },
  ),
  movers: Type.Array(
    Type.Object({ slug: Slug, total_value: Money, day_change: Money, day_change_percent: Percent }),
    { description: 'The 8 portfolios with the largest relative change of the day' },
  ),
  recent: Type.Array(
    Type.Object({ at: Timestamp, slug: Type.Union([Slug, Type.Null()]), change: PortfolioChange }),
    { description: 'The latest 12 opt-ins and opt-outs; an opted-out portfolio is not named' },
  ),
  ...provenance,
});
export type Community = Static<typeof Community>;

/** Total value and number of shared portfolios at the end of a minute. */
export const CommunityPoint = Type.Object({
  at: Timestamp,
  value: Money,
  cost: Money,
  portfolio_count: Type.Integer(),
});
export type CommunityPoint = Static<typeof CommunityPoint>;

/** The last hour of a portfolio's value in minor units, one number a minute, oldest first. */
export const Spark = Type.Object({ slug: Slug, points: Type.Array(Type.Number(), { maxItems: 60 }) });
export type Spark = Static<typeof Spark>;
