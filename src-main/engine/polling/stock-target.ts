import { DEMO_ENVIRONMENT } from '../../../src-contract/environment.ts';
import { STOCK_PRICES_PATH, type StockSettings } from '../../../src-contract/settings.ts';
import { httpAddress } from '../../lib/http-address.ts';
import { keyFor, type BoundKey } from './stock-key.ts';

/** The stock API that is polled for an environment. Holds the API key. */
export interface StockTarget {
  kind: 'mock' | 'external';
  /** With its path. Null: the built-in mock, which chooses its port when it starts. */
  url: string | null;
  keyHeader: string;
  key: string;
  /** What a person should know about the key; null: nothing. */
  problem: string | null;
  /** Path of a CA certificate; empty: the system's. */
  tlsCa: string;
}

/** What decides which API is polled. */
export interface StockTargetChoice {
  /** Address given by option or variable; null: settings decide. */
  given: string | null;
  settings: StockSettings;
  /** The key given at the start or kept by the settings. */
  key: BoundKey;
  /** Header given at the start; null: settings decide. */
  header: string | null;
  /** Whether the built-in mock serves `demo`. */
  hasMock: boolean;
}

/**
 * The API of an environment: the one given at start, else that of the settings, else in `demo` the built-in mock; null:
 * nothing is polled. The mock never serves another environment.
 */
export function stockTarget(env: string, choice: StockTargetChoice): StockTarget | null {
  const { settings, hasMock } = choice;
  const keyHeader = choice.header ?? settings.key_header;
  const url = choice.given ?? httpAddress(settings.url, STOCK_PRICES_PATH);
  if (url !== null) {
    return { kind: 'external', url, keyHeader, ...keyFor(url, choice.key), tlsCa: settings.tls_ca };
  }
  if (env !== DEMO_ENVIRONMENT || !hasMock) return null;
  return { kind: 'mock', url: null, keyHeader, key: '', problem: null, tlsCa: '' };
}
