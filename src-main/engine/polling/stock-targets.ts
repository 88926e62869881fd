import type { SettingsStore } from '../settings-store.ts';
import { originOf, type BoundKey } from './stock-key.ts';
import { stockTarget, type StockTarget } from './stock-target.ts';

/** What decides which API is polled, now and in every environment. */
export interface StockTargetsOptions {
  /** Address given by option or variable; null: settings decide. */
  given: string | null;
  /** Key and header given by option or variable; their parts that are null are left to the settings. */
  givenKey: { key: string | null; header: string | null };
  settings: Pick<SettingsStore, 'read' | 'stockKey'>;
  /** Whether the built-in mock serves `demo`. */
  hasMock: boolean;
}

/** The stock API of each environment, as option, variable and settings have it. Holds the key. */
export class StockTargets {
  readonly #options: StockTargetsOptions;
  /** Given for the address that was in force at the start. */
  readonly #givenKey: BoundKey | null;

  constructor(options: StockTargetsOptions) {
    const { given, givenKey, settings } = options;
    this.#options = options;
    const origin = originOf(given ?? settings.read().stocks.url);
    this.#givenKey = givenKey.key === null ? null : { key: givenKey.key, origin };
  }

  /** The API that is polled for an environment; null: none. */
  of(env: string): StockTarget | null {
    const { given, givenKey, settings, hasMock } = this.#options;
    const { stocks } = settings.read();
    const key = this.#givenKey ?? { key: settings.stockKey(), origin: stocks.key_origin };
    return stockTarget(env, { given, settings: stocks, key, header: givenKey.header, hasMock });
  }
}
