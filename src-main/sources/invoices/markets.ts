import type { Faker } from '@faker-js/faker';

/** A country whose companies get invoices. */
export interface Market {
  /** ISO 3166 code. */
  country: string;
  currency: string;
  /** How many companies of every 100 are there. */
  share: number;
  /** What a dollar's worth roughly costs, in minor units. */
  dollar: number;
  /** Prices are multiples of this many minor units. */
  step: number;
  faker: Faker;
}

// Loaded one by one, in some 55 ms: the whole package, with all its locales, takes 200 ms more.
const MARKETS = [
  market('US', 'USD', 22, 100, 1, () => import('@faker-js/faker/locale/en')),
  market('GB', 'GBP', 9, 80, 1, () => import('@faker-js/faker/locale/en_GB')),
  market('DE', 'EUR', 11, 95, 1, () => import('@faker-js/faker/locale/de')),
  market('FR', 'EUR', 9, 95, 1, () => import('@faker-js/faker/locale/fr')),
  market('IT', 'EUR', 6, 95, 1, () => import('@faker-js/faker/locale/it')),
  market('CH', 'CHF', 5, 90, 5, () => import('@faker-js/faker/locale/de_CH')),
  market('JP', 'JPY', 9, 150, 10, () => import('@faker-js/faker/locale/ja')),
  market('AE', 'AED', 5, 367, 25, () => import('@faker-js/faker/locale/ar')),
  market('KW', 'KWD', 3, 307, 5, () => import('@faker-js/faker/locale/ar')),
  market('BH', 'BHD', 2, 376, 5, () => import('@faker-js/faker/locale/ar')),
  market('BR', 'BRL', 7, 550, 1, () => import('@faker-js/faker/locale/pt_BR')),
  market('PL', 'PLN', 6, 400, 1, () => import('@faker-js/faker/locale/pl')),
  market('SE', 'SEK', 3, 1050, 100, () => import('@faker-js/faker/locale/sv')),
  market('KR', 'KRW', 3, 1350, 100, () => import('@faker-js/faker/locale/ko')),
];

/** Loads the fakers of all markets; their state is shared by all who load them, so seed one before its use. */
export async function loadMarkets(): Promise<Market[]> {
  return Promise.all(MARKETS.map(async ({ load, ...rest }) => ({ ...rest, faker: (await load()).faker })));
}

function market(
  country: string,
  currency: string,
  share: number,
  dollar: number,
  step: number,
  load: () => Promise<{ faker: Faker }>,
) {
  return { country, currency, share, dollar, step, load };
}
