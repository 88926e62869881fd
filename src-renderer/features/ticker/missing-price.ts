import type { Polling } from '../../../src-contract/polling.ts';

/** What is known of a symbol without a price. */
export interface MissingPrice {
  symbol: string;
  watched: boolean;
  /** Null while it is not known. */
  polling: Polling | null;
}

/** Why no price of a symbol is known, and what can be done about it. */
export function missingPriceHint({ symbol, watched, polling }: MissingPrice): string {
  if (!watched) {
    return 'Subscribe to it to have it polled, if the stock API serves it; or publish its prices on NATS.';
  }
  if (polling?.unknown_symbols.includes(symbol)) {
    return 'It is watched, but the stock API does not know it. Check how it is spelled, or publish its prices on NATS.';
  }
  if (polling?.api.kind === 'none') {
    return 'It is watched, but no stock API is set in Settings. Prices of it on NATS are shown here.';
  }
  return 'It is watched: its first price is shown here as soon as the stock API or NATS has one.';
}
