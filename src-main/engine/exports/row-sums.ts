import type { CurrencySums, InvoiceRow } from '../../../src-contract/invoice-store.ts';

interface Sums {
  count: number;
  net: bigint;
  vat: bigint;
  gross: bigint;
}

/** Adds up rows per currency, exactly. */
export class RowSums {
  readonly #of = new Map<string, Sums>();

  /** Adds rows. */
  add(rows: readonly Pick<InvoiceRow, 'currency' | 'net' | 'vat' | 'gross'>[]): void {
    for (const { currency, net, vat, gross } of rows) {
      const sums = this.#of.get(currency) ?? { count: 0, net: 0n, vat: 0n, gross: 0n };
      sums.count += 1;
      sums.net += BigInt(net);
      sums.vat += BigInt(vat);
      sums.gross += BigInt(gross);
      this.#of.set(currency, sums);
    }
  }

  /** The sums, by currency in the order of the alphabet. */
  list(): CurrencySums[] {
    return [...this.#of]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([currency, { count, net, vat, gross }]) => ({
        currency,
        count,
        net: net.toString(),
        vat: vat.toString(),
        gross: gross.toString(),
      }));
  }
}

/** The first currency whose sums differ, with both in words; null when all are the same. */
export function differenceOf(one: readonly CurrencySums[], other: readonly CurrencySums[]): string | null {
  const [first, second] = [one, other].map(
    (sums) => new Map(sums.filter(({ count }) => count > 0).map((sum) => [sum.currency, inWords(sum)])),
  );
  const currencies = new Set([...(first?.keys() ?? []), ...(second?.keys() ?? [])]);
  for (const currency of currencies) {
    const [has, should] = [first?.get(currency) ?? 'none', second?.get(currency) ?? 'none'];
    if (has !== should) return `${currency}: ${has}, not ${should}`;
  }
  return null;
}

function inWords({ count, net, vat, gross }: CurrencySums): string {
  return `${count} invoices with net ${net}, VAT ${vat} and gross ${gross} in minor units`;
}
