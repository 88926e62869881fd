import type { CurrencySums } from '../../../src-contract/invoice-store.ts';

/** Exact sums of the invoices of one currency, in minor units. */
export interface ExactSums {
  count: number;
  net: bigint;
  vat: bigint;
  gross: bigint;
}

/** Sums of invoices per currency, which only ever grow by what comes into view, or are replaced as a whole. */
export class CurrencyTotals {
  readonly #sums = new Map<string, ExactSums>();

  constructor(stored: readonly CurrencySums[]) {
    this.add(stored);
  }

  /** Adds sums, such as those of what a checkpoint brought into view. */
  add(added: readonly CurrencySums[]): void {
    for (const { currency, count, net, vat, gross } of added) {
      const sums = this.#sums.get(currency) ?? { count: 0, net: 0n, vat: 0n, gross: 0n };
      this.#sums.set(currency, {
        count: sums.count + count,
        net: sums.net + BigInt(net),
        vat: sums.vat + BigInt(vat),
        gross: sums.gross + BigInt(gross),
      });
    }
  }

  /** The sums as they cross threads and as views read them; currencies without an invoice are left out. */
  read(): CurrencySums[] {
    return [...this.#sums]
      .filter(([, { count }]) => count > 0)
      .map(([currency, { count, net, vat, gross }]) => ({
        currency,
        count,
        net: net.toString(),
        vat: vat.toString(),
        gross: gross.toString(),
      }));
  }
}
