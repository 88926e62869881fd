import { currencyDecimals } from '../../src-contract/money.ts';

/**
 * The currency of amounts that name none. What is computed and stored counts its minor units; a currency with as many
 * decimals therefore takes its place at once, any other one at the next start.
 */
export class BaseCurrency {
  readonly decimals: number;
  #name: string;

  /** @param name three letters of ISO 4217 */
  constructor(name: string) {
    this.#name = name;
    this.decimals = currencyDecimals(name);
  }

  get name(): string {
    return this.#name;
  }

  /** Makes another currency the base; answers whether it is now, and was not before. */
  change(name: string): boolean {
    if (name === this.#name || currencyDecimals(name) !== this.decimals) return false;
    this.#name = name;
    return true;
  }
}
