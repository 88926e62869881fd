import type { CurrencySums } from '../../src-contract/invoice-store.ts';

/** Exact sums of one currency in minor units, while they are added up. */
export interface Sums {
  count: number;
  net: bigint;
  vat: bigint;
  gross: bigint;
}

/** Exact sums of invoices, per currency. */
export class InvoiceSums {
  readonly #sums = new Map<string, Sums>();

  /** Adds one invoice's amounts in minor units. */
  addRow(currency: string, net: number, vat: number, gross: number): void {
    const sums = this.#of(currency);
    sums.count += 1;
    sums.net += BigInt(net);
    sums.vat += BigInt(vat);
    sums.gross += BigInt(gross);
  }

  /** Adds what others have added up. */
  add({ currency, count, net, vat, gross }: CurrencySums): void {
    const sums = this.#of(currency);
    sums.count += count;
    sums.net += BigInt(net);
    sums.vat += BigInt(vat);
    sums.gross += BigInt(gross);
  }

  /** The sums by the code of their currency. */
  list(): CurrencySums[] {
    return [...this.#sums]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([currency, { count, net, vat, gross }]) => ({
        currency,
        count,
        net: String(net),
        vat: String(vat),
        gross: String(gross),
      }));
  }

  #of(currency: string): Sums {
    let sums = this.#sums.get(currency);
    if (sums === undefined) {
      sums = { count: 0, net: 0n, vat: 0n, gross: 0n };
      this.#sums.set(currency, sums);
    }
    return sums;
  }
}
