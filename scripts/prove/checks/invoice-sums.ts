import type { Invoice, InvoiceTotals } from '../../../src-contract/invoice.ts';

/** Exact sums of invoices in one currency, in minor units. */
export interface Sums {
  count: number;
  net: bigint;
  vat: bigint;
  gross: bigint;
}

/** Decimals of the currencies that do not have two, as far as these proofs meet them. */
const DECIMALS: Record<string, number> = {
  JPY: 0,
  KRW: 0,
  CLP: 0,
  VND: 0,
  ISK: 0,
  KWD: 3,
  BHD: 3,
  OMR: 3,
  JOD: 3,
  TND: 3,
};

/** The integer minor units that an amount's text names. */
export function minorOf({ amount, currency }: { amount: string; currency: string }): bigint {
  const decimals = DECIMALS[currency] ?? 2;
  const [whole = '0', part = ''] = amount.split('.');
  if (part.length !== decimals) throw new Error(`${amount} ${currency} does not have ${decimals} decimals`);
  return BigInt(whole + part);
}

/** What is wrong with one invoice: net + VAT = gross, and the VAT is the rate's, rounded half away from zero. */
export function invoiceFault(invoice: Invoice): string | null {
  const [net, vat, gross] = [minorOf(invoice.net), minorOf(invoice.vat), minorOf(invoice.gross)];
  if (net + vat !== gross) return `${invoice.number}: ${net} + ${vat} is not ${gross}`;
  const [whole = '0', part = ''] = invoice.vat_percent.split('.');
  const hundredths = BigInt(whole + part.padEnd(2, '0'));
  const magnitude = ((net < 0n ? -net : net) * hundredths + 5_000n) / 10_000n;
  const expected = net < 0n ? -magnitude : magnitude;
  return vat === expected ? null : `${invoice.number}: VAT ${vat} is not ${expected}`;
}

/** Adds invoices up by currency, apart from the app. */
export class SumOfInvoices {
  readonly byCurrency = new Map<string, Sums>();
  count = 0;

  add({ net, vat, gross }: Pick<Invoice, 'net' | 'vat' | 'gross'>): void {
    const sums = this.byCurrency.get(gross.currency) ?? { count: 0, net: 0n, vat: 0n, gross: 0n };
    this.byCurrency.set(gross.currency, {
      count: sums.count + 1,
      net: sums.net + minorOf(net),
      vat: sums.vat + minorOf(vat),
      gross: sums.gross + minorOf(gross),
    });
    this.count++;
  }

  /** What of the app's totals differs from these sums. */
  unlike({ count, totals }: Pick<InvoiceTotals, 'count' | 'totals'>): string[] {
    const wrong = count === this.count ? [] : [`${count} counted, ${this.count} added up`];
    const said = new Map(totals.map((total) => [total.currency, total]));
    for (const [currency, sums] of this.byCurrency) {
      const total = said.get(currency);
      if (total === undefined) wrong.push(`${currency} is missing`);
      else if (!sameSums(sums, total)) wrong.push(`${currency}: ${JSON.stringify(total)}`);
      said.delete(currency);
    }
    return [...wrong, ...[...said.keys()].map((currency) => `${currency} is not in the rows`)];
  }
}

function sameSums(sums: Sums, total: InvoiceTotals['totals'][number]): boolean {
  return (
    sums.count === total.count &&
    sums.net === minorOf(total.net) &&
    sums.vat === minorOf(total.vat) &&
    sums.gross === minorOf(total.gross)
  );
}
