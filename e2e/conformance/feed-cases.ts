import type { FeedName, FeedParams } from '../../src-contract/channels.ts';

/** What moves a feed: an event on NATS, a command, or nothing, because the feed moves every second. */
export type Nudge =
  'price' | 'opt-out' | 'settings' | 'watch' | 'trip' | 'invoice' | 'activity' | 'export' | 'time';

/** What a feed is tried with. */
export interface FeedCase<N extends FeedName> {
  /** Parameters that are taken. `slug` is a portfolio that is shared. */
  params(slug: string): FeedParams<N>;
  /** Parameters that are refused, each with the field that is named. */
  bad: { params: unknown; field: string }[];
  /** What makes it send a patch. */
  nudge: Nudge;
}

const NO_OBJECT = { params: 'text', field: '' };
const plain = (nudge: Nudge) => ({ params: () => ({}), bad: [NO_OBJECT], nudge });

const wrongSymbol = [
  { params: {}, field: '/symbol' },
  { params: { symbol: '' }, field: '/symbol' },
];

/** A case for every feed of the channel table; a feed without one does not compile. */
export const FEED_CASES: { [N in FeedName]: FeedCase<N> } = {
  status: plain('time'),
  clients: plain('time'),
  community: plain('price'),
  portfolios: plain('price'),
  sparks: plain('opt-out'),
  portfolio: {
    params: (slug) => ({ slug }),
    bad: [NO_OBJECT, { params: {}, field: '/slug' }, { params: { slug: 'Two Words' }, field: '/slug' }],
    nudge: 'price',
  },
  settings: plain('settings'),
  quotes: plain('watch'),
  tickerSparks: plain('watch'),
  ticker: { params: () => ({ symbol: 'SYM1' }), bad: [NO_OBJECT, ...wrongSymbol], nudge: 'price' },
  candles: {
    params: () => ({ symbol: 'SYM1', interval: '1m' }),
    bad: [
      NO_OBJECT,
      { params: { symbol: 'SYM1', interval: '2m' }, field: '/interval' },
      { params: { symbol: '', interval: '1m' }, field: '/symbol' },
    ],
    nudge: 'price',
  },
  breaker: plain('trip'),
  polling: plain('time'),
  invoiceRun: plain('time'),
  invoiceStats: plain('invoice'),
  jobs: plain('export'),
  activity: plain('activity'),
  analytics: {
    params: () => ({ window: '1m' }),
    bad: [NO_OBJECT, { params: {}, field: '/window' }, { params: { window: '2m' }, field: '/window' }],
    nudge: 'time',
  },
  eventTail: {
    params: () => ({ family: 'activity', q: 'ada' }),
    bad: [
      NO_OBJECT,
      { params: { family: 'prices' }, field: '/family' },
      { params: { family: 'activity', q: '' }, field: '/q' },
    ],
    nudge: 'activity',
  },
  pipeline: plain('time'),
};
