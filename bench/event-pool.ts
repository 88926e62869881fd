import { seededRandom, type Random } from '../src-main/lib/random.ts';

const USERS = 10_000;
const PAGES = 500;

/** JSON of the events that the reference dashboard shows: page views, purchases and conversions, each with its own fields. */
export function eventTexts(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => JSON.stringify(eventOf(random)));
}

function eventOf(random: Random): object {
  const user_id = `user_${random.int(1, USERS)}`;
  const kind = random.int(0, 9);
  if (kind < 7) return { type: 'page_view', user_id, page: `/products/${random.int(1, PAGES)}`, value: 1 };
  if (kind < 9) {
    const value = random.int(1, 50_000) / 100;
    return { type: 'purchase', user_id, product_id: `product_${random.int(1, PAGES)}`, value };
  }
  return { type: 'conversion', user_id, campaign_id: `campaign_${random.int(1, 20)}`, value: 1 };
}
