import { currencyDecimals } from '../../../src-contract/money.ts';
import type { Random } from '../../lib/random.ts';
import type { Market } from './markets.ts';

/** Something that is sold: what it is called, and its price as exact decimal text. */
export interface CatalogueItem {
  description: string;
  unitPrice: string;
}

/** A company that gets invoices, and what it buys. */
export interface Company {
  name: string;
  market: Pick<Market, 'country' | 'currency'>;
  catalogue: readonly CatalogueItem[];
}

/** Companies for each hundredth of a market's share. */
const PER_SHARE = 4;
const ITEMS = 60;
/** Prices in dollars go from one of these to the next; small ones are more common. */
const PRICE_BANDS = [
  [2, 20],
  [20, 200],
  [20, 200],
  [200, 2000],
  [2000, 9000],
] as const;
/** A locale with few names may give the same again; a company is then left out after so many tries. */
const TRIES = 20;

/** About 400 companies in an order of their own, each market's with one catalogue; the same for the same chance. */
export function companyPool(markets: readonly Market[], random: Random): Company[] {
  const names = new Set<string>();
  return shuffled(
    markets.flatMap((market) => companiesOf(market, names, random.fork(market.country))),
    random.fork('order'),
  );
}

function companiesOf(market: Market, names: Set<string>, random: Random): Company[] {
  const { faker, country, currency, share } = market;
  faker.seed(random.int(0, 2 ** 31 - 1));
  const catalogue = Array.from({ length: ITEMS }, () => ({
    description: faker.commerce.productName(),
    unitPrice: priceIn(market, random),
  }));
  const found: Company[] = [];
  for (let index = 0; index < share * PER_SHARE; index += 1) {
    const name = newName(() => faker.company.name(), names);
    if (name !== null) found.push({ name, market: { country, currency }, catalogue });
  }
  return found;
}

function newName(next: () => string, names: Set<string>): string | null {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const name = next().trim();
    if (names.has(name)) continue;
    names.add(name);
    return name;
  }
  return null;
}

function priceIn({ currency, dollar, step }: Market, random: Random): string {
  const [low, high] = random.pick(PRICE_BANDS);
  const dollars = low + random.next() * (high - low);
  const minor = Math.max(1, Math.round((dollars * dollar) / step)) * step;
  const decimals = currencyDecimals(currency);
  return decimals === 0 ? minor.toString() : (minor / 10 ** decimals).toFixed(decimals);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
