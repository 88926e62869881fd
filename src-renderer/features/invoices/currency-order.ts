import type { InvoiceTotal } from '../../../src-contract/invoice.ts';

/**
 * The order in which currencies stand, so that no figure changes its line while rows arrive: the base currency, then the
 * others by the alphabet, and those that come later behind them. What is looked at anew is put in order anew.
 */
export class CurrencyOrder {
  #view = '';
  #known: string[] = [];

  /** @param view what the totals are of: another one begins another order. */
  arrange(totals: readonly InvoiceTotal[], baseCurrency: string, view: string): readonly InvoiceTotal[] {
    if (view !== this.#view) this.#known = [];
    this.#view = view;
    const present = new Map(totals.map((total) => [total.currency, total]));
    const later = [...present.keys()].filter((currency) => !this.#known.includes(currency)).sort();
    this.#known = [...this.#known, ...later];
    const others = this.#known.filter((currency) => currency !== baseCurrency);
    return [baseCurrency, ...others].flatMap((currency) => present.get(currency) ?? []);
  }
}
