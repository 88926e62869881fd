import type { CurrencySums } from '../../src-contract/invoice-store.ts';

/** A sum in a double is written into a big integer before it passes this. */
const EXACT = 2 ** 52;

/** An exact sum of whole numbers: most additions are of doubles, which cost a hundredth of those of big integers. */
export class ExactSum {
  #large = 0n;
  #small = 0;

  /** Adds a whole number below 2^52. */
  add(value: number): void {
    const sum = this.#small + value;
    if (sum < EXACT && sum > -EXACT) this.#small = sum;
    else {
      this.#large += BigInt(this.#small) + BigInt(value);
      this.#small = 0;
    }
  }

  /** Adds decimal text of a whole number of any size. */
  addText(value: string): void {
    this.#large += BigInt(value);
  }

  toString(): string {
    return String(this.#large + BigInt(this.#small));
  }
}

/** Exact sums of one currency in minor units. */
class Sums {
  count = 0;
  readonly net = new ExactSum();
  readonly vat = new ExactSum();
  readonly gross = new ExactSum();

  /** Adds one invoice's amounts. */
  addRow(net: number, vat: number, gross: number): void {
    this.count += 1;
    this.net.add(net);
    this.vat.add(vat);
    this.gross.add(gross);
  }
}

/** Exact sums of invoices, per currency. */
export class InvoiceSums {
  readonly #sums = new Map<string, Sums>();

  /** Adds one invoice's amounts in minor units. */
  addRow(currency: string, net: number, vat: number, gross: number): void {
    this.of(currency).addRow(net, vat, gross);
  }

  /** Adds what others have added up. */
  add({ currency, count, net, vat, gross }: CurrencySums): void {
    const sums = this.of(currency);
    sums.count += count;
    sums.net.addText(net);
    sums.vat.addText(vat);
    sums.gross.addText(gross);
  }

  /** The sums by the code of their currency. */
  list(): CurrencySums[] {
    return [...this.#sums]
      .filter(([, { count }]) => count > 0)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([currency, { count, net, vat, gross }]) => ({
        currency,
        count,
        net: String(net),
        vat: String(vat),
        gross: String(gross),
      }));
  }

  /** The sums of one currency, to be added to. */
  of(currency: string): Sums {
    let sums = this.#sums.get(currency);
    if (sums === undefined) {
      sums = new Sums();
      this.#sums.set(currency, sums);
    }
    return sums;
  }
}
