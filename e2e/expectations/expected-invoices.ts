import type { Invoice } from '../../src-contract/invoice.ts';

/** Sums of invoices in one currency, in minor units. */
export interface ExpectedTotal {
  count: number;
  net: bigint;
  vat: bigint;
  gross: bigint;
}

/** The minor units of an amount as the HTTP interface writes it, whatever decimals its currency has. */
export function minorOf(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}

/** The minor units of an amount as the screens show it, with sign, symbol and separators: `-CA$1,234.50`. */
export function shownMinor(text: string): bigint {
  const digits = BigInt(text.replaceAll(/\D/g, '') || '0');
  return /[-−]/.test(text) ? -digits : digits;
}

/** The sums of rows by currency, in the order of the alphabet. Written without a line of the app. */
export function expectedTotals(rows: readonly Invoice[]): Map<string, ExpectedTotal> {
  const totals = new Map<string, ExpectedTotal>();
  for (const { net, vat, gross } of rows.toSorted((a, b) => (a.gross.currency < b.gross.currency ? -1 : 1))) {
    const total = totals.get(gross.currency) ?? { count: 0, net: 0n, vat: 0n, gross: 0n };
    totals.set(gross.currency, {
      count: total.count + 1,
      net: total.net + minorOf(net.amount),
      vat: total.vat + minorOf(vat.amount),
      gross: total.gross + minorOf(gross.amount),
    });
  }
  return totals;
}
