import type { ActivityBody, AnalyticsBody } from '../../../src-contract/event-bodies.ts';
import type { Random } from '../../lib/random.ts';

const TEAM = [
  ...['ada', 'ben', 'chloe', 'daniel', 'elena', 'farid', 'grace', 'hugo', 'ines', 'jonas', 'kira', 'liam'],
  ...['mia', 'noah', 'olga', 'pablo', 'quinn', 'rosa', 'sven', 'tara', 'ugo', 'vera', 'wen', 'yara'],
].map((name) => `${name}@example.com`);

/** What is done and seen, the most frequent first: each is about half again as frequent as the one after it. */
const ACTIVITIES = [
  'task_completed',
  'comment_added',
  'task_created',
  'file_uploaded',
  'review_requested',
  'meeting_scheduled',
] as const;
const PAGES = ['/', '/products', '/pricing', '/blog', '/docs', '/checkout', '/account', '/contact'] as const;
const CAMPAIGNS = ['newsletter', 'search', 'spring', 'partners'] as const;
const VISITORS = 400;
const PRODUCTS = 60;

/** Relative traffic by UTC hour: quiet at night, two peaks by day. */
const BY_HOUR = [
  ...[0.25, 0.2, 0.15, 0.15, 0.2, 0.3, 0.5, 0.8, 1.2, 1.6, 1.8, 1.7],
  ...[1.4, 1.6, 1.8, 1.9, 1.8, 1.5, 1.3, 1.2, 1.0, 0.8, 0.5, 0.35],
] as const;
const AT_WEEKENDS = 0.35;
const BUSIEST = 1.9;
const HOUR_MS = 3_600_000;

/** How busy people are at a time, UTC milliseconds: 1 on average of a working day. */
export function businessAt(time: number): number {
  const at = new Date(time);
  const isWeekend = at.getUTCDay() % 6 === 0;
  return (BY_HOUR[at.getUTCHours()] ?? 1) * (isWeekend ? AT_WEEKENDS : 1);
}

/** The simulated team and the visitors of its shop: seeded, and the same for the same seed. */
export class DemoPeople {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** What one of the team does next. */
  activity(): ActivityBody {
    return { user: this.#frequent(TEAM, 0.12), type: this.#frequent(ACTIVITIES, 0.35) };
  }

  /** What one of the visitors does next; some of it has a value. */
  event(): AnalyticsBody {
    const user_id = `user_${Math.ceil(VISITORS * this.#random.next() ** 2)}`;
    const draw = this.#random.next();
    if (draw < 0.68) return { type: 'page_view', user_id, page: this.#frequent(PAGES, 0.3), value: 1 };
    const product_id = `product_${this.#random.int(1, PRODUCTS)}`;
    if (draw < 0.78) return { type: 'search', user_id, page: '/products' };
    if (draw < 0.88) return { type: 'add_to_cart', user_id, product_id, value: this.#price() };
    if (draw < 0.93) return { type: 'purchase', user_id, product_id, value: this.#price() };
    if (draw < 0.97) return { type: 'conversion', user_id, campaign_id: this.#random.pick(CAMPAIGNS) };
    return { type: 'sign_up', user_id, campaign_id: this.#random.pick(CAMPAIGNS) };
  }

  /** So many times between two moments (UTC milliseconds), more of them when people are busy; the earliest first. */
  times(count: number, from: number, to: number): number[] {
    const times: number[] = [];
    while (times.length < count) {
      const time = Math.floor(from + this.#random.next() * (to - from));
      if (this.#random.next() * BUSIEST < businessAt(time)) times.push(time);
    }
    return times.sort((one, other) => one - other);
  }

  /** Cents, mostly small sums and now and then a large one. */
  #price(): number {
    return Math.round(500 + 9_500 * this.#random.next() ** 3) / 100;
  }

  /** One of the items, each of which takes the same share of what those before it left. */
  #frequent<T>(items: readonly T[], share: number): T {
    let left = this.#random.next() * (1 - (1 - share) ** items.length);
    let part = share;
    for (const item of items) {
      if (left < part) return item;
      left -= part;
      part *= 1 - share;
    }
    return this.#random.pick(items);
  }
}

/** Length of the past that a first start is given, in milliseconds. */
export const PAST_MS = 14 * 24 * HOUR_MS;
