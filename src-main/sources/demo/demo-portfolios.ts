import type { HoldingBody } from '../../../src-contract/event-bodies.ts';
import type { Random } from '../../lib/random.ts';
import type { PriceRange } from '../stocks/mock/price-range.ts';
import { DEMO_SYMBOLS, type DemoMarket } from './demo-market.ts';

/** Portfolios that are shared at once, most of the time. */
export const SHARED_PORTFOLIOS = 40;

const FIRST = 'growth value dividend global tech index income balanced momentum green'.split(' ');
const SECOND = 'one kings harbor ridge compass orchard'.split(' ');

/** Every slug the demo uses: more than are shared at once, so that one that leaves can be followed by another. */
export const DEMO_SLUGS: readonly string[] = SECOND.flatMap((second) =>
  FIRST.map((first) => `${first}-${second}`),
);

/** Holdings of a new portfolio: 3 to 15 symbols bought within a tenth of today's price. */
export function newHoldings(random: Random, market: DemoMarket): HoldingBody[] {
  const symbols = new Set(DEMO_SYMBOLS);
  const count = random.int(3, 15);
  return Array.from({ length: count }, () => {
    const chosen = random.pick([...symbols]);
    symbols.delete(chosen);
    return newHolding(chosen, random, market);
  });
}

/** The holdings after a trade: mostly one position changes its size a little; now and then one is sold, or added. */
export function tradedHoldings(
  holdings: readonly HoldingBody[],
  random: Random,
  market: DemoMarket,
): HoldingBody[] {
  const index = random.int(0, holdings.length - 1);
  const held = new Set(holdings.map(({ symbol }) => symbol));
  const free = DEMO_SYMBOLS.filter(({ symbol }) => !held.has(symbol));
  const dice = random.next();
  if (dice < 0.01 && holdings.length > 3) return holdings.filter((_, at) => at !== index);
  if (dice < 0.02 && free.length > 0 && holdings.length < 15) {
    return [...holdings, newHolding(random.pick(free), random, market)];
  }
  const factor = 0.9 + 0.2 * random.next();
  return holdings.map((holding, at) =>
    at === index ? { ...holding, quantity: Math.max(1, Math.round(holding.quantity * factor)) } : holding,
  );
}

/** What holdings are worth now. */
export function worthOf(holdings: readonly HoldingBody[], market: DemoMarket): number {
  const priceOf = (symbol: string) => {
    const range = DEMO_SYMBOLS.find((each) => each.symbol === symbol);
    return range === undefined ? 0 : market.price(range);
  };
  return holdings.reduce((sum, { symbol, quantity }) => sum + quantity * priceOf(symbol), 0);
}

function newHolding(chosen: PriceRange, random: Random, market: DemoMarket): HoldingBody {
  const price = market.price(chosen);
  const quantity = Math.max(1, Math.round(((2 + 18 * random.next()) * 1000) / price));
  return {
    symbol: chosen.symbol,
    quantity,
    avg_price: Math.round(price * (0.9 + 0.2 * random.next()) * 100) / 100,
  };
}
