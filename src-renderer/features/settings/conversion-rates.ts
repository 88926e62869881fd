import type { Settings } from '../../../src-contract/settings.ts';

type Rates = Settings['invoices']['conversion'];

/** As many rates are kept at most. */
const MOST = 200;

/** What is wrong with a rate that is typed in, per field; empty when nothing is. */
export function rateComplaint(
  currency: string,
  rate: string,
  base: string,
): { currency?: string; rate?: string } {
  const complaint: { currency?: string; rate?: string } = {};
  if (!/^[A-Z]{3}$/.test(currency)) complaint.currency = 'Use three letters, such as EUR.';
  else if (currency === base) complaint.currency = `${base} is the base: it needs no rate.`;
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(rate) || Number(rate) === 0) {
    complaint.rate = 'Use a number above 0 with at most 9 digits and 9 decimals, such as 1.085.';
  }
  return complaint;
}

/** The rates with one set, in the order of the alphabet. */
export function withRate(rates: Rates, currency: string, rate: string): Rates {
  const others = rates.filter((other) => other.currency !== currency);
  return [...others, { currency, rate }]
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
    .slice(0, MOST);
}
