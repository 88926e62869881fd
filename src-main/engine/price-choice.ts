import type { Settings } from '../../src-contract/settings.ts';
import type { PriceChoice } from '../projections/portfolios/portfolio-projection.ts';

/** What instances that share their polling have in common: what one of them polls, the others read from NATS. */
const SHARED = ['nats', 'stocks'];

/** In `demo` the simulator makes the past of what the built-in mock serves, and leaves it to the mock from then on. */
const MOCKED = ['stocks', 'demo'];

/**
 * Which prices count by these settings, in the base currency of the moment. Where polling is shared, a polled price and
 * one from NATS are of one place: every instance uses the newest, whoever polled it, and so all show the same.
 * @param isMocked whether the built-in mock is what is polled there.
 */
export function priceChoice(
  { price_sources: preference, stocks }: Pick<Settings, 'price_sources' | 'stocks'>,
  currency: string,
  isMocked: boolean,
): PriceChoice {
  const together = stocks.share ? SHARED : [];
  return { preference, together, charted: isMocked ? MOCKED : together, currency };
}
