import type { PortfolioChange } from './portfolio.ts';

/** A shared portfolio as it is stored: its holdings with normalised symbols, merged, and its times in UTC ms. */
export interface PortfolioRecord {
  slug: string;
  optedInAt: number;
  updatedAt: number;
  holdings: HoldingRecord[];
}

/** One stored holding. */
export interface HoldingRecord {
  symbol: string;
  quantity: number;
  avgPrice: number;
}

/** The newest price of a symbol from one source, and the first of its UTC day. Times are UTC milliseconds. */
export interface QuoteRecord {
  source: string;
  symbol: string;
  /** Null: the base currency. */
  currency: string | null;
  price: number;
  changePercent: number | null;
  occurredAt: number;
  /** Start of the UTC day that `dayOpen` belongs to. */
  day: number;
  dayOpen: number;
  /** When the first price of the day occurred: an earlier one that arrives late replaces it. */
  dayOpenAt: number;
}

/** Value and cost in minor units at the end of a minute; `minute` is its start in UTC milliseconds. */
export interface ValueRecord {
  slug: string;
  minute: number;
  value: number;
  cost: number;
}

/** Community totals at the end of a minute. */
export interface CommunityRecord {
  minute: number;
  value: number;
  cost: number;
  portfolioCount: number;
}

/** An entry of a portfolio's timeline; `id` is the journal id of the event. */
export interface TimelineRecord {
  id: number;
  slug: string;
  at: number;
  change: PortfolioChange;
  holdingCount: number;
  added: string[];
  removed: string[];
}

/** A public opt-in or opt-out; the slug is null once it has opted out. */
export interface CommunityEventRecord {
  id: number;
  at: number;
  slug: string | null;
  change: PortfolioChange;
}

/** A slug to be forgotten: every journal body of it up to and with this event is redacted. */
export interface ForgetRecord {
  slug: string;
  /** Journal id of the opt-out. */
  id: number;
  receivedAt: number;
}

/**
 * What the portfolio projection writes: everything that changed since the checkpoint before, and the batch up to which it
 * has seen the journal. One transaction; a restart continues from the journal after `batch`.
 * Applied in this order: forgets (which delete), then the upserts.
 */
export interface PortfolioCheckpoint {
  env: string;
  batch: number;
  forgets: ForgetRecord[];
  portfolios: PortfolioRecord[];
  quotes: QuoteRecord[];
  values: ValueRecord[];
  community: CommunityRecord[];
  timeline: TimelineRecord[];
  communityEvents: CommunityEventRecord[];
}

/** What the projection starts from: the state at its last checkpoint. `sparks` are the last 60 values per slug. */
export interface PortfolioState {
  batch: number;
  portfolios: PortfolioRecord[];
  quotes: QuoteRecord[];
  communityEvents: CommunityEventRecord[];
  /** Newest minute recorded, 0 for none. */
  lastMinute: number;
  sparks: { slug: string; points: { minute: number; value: number }[] }[];
}

/** The state a projection starts from when nothing is stored. */
export const NOTHING_STORED: Readonly<PortfolioState> = {
  batch: 0,
  portfolios: [],
  quotes: [],
  communityEvents: [],
  lastMinute: 0,
  sparks: [],
};
