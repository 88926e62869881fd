import { decimalOfText } from '../../../src-contract/decimal.ts';
import type { InvoiceTotals } from '../../../src-contract/invoice.ts';
import type { CurrencySums } from '../../../src-contract/invoice-store.ts';
import { currencyDecimals, toMoney } from '../../../src-contract/money.ts';
import { roundedDecimalProduct } from '../../../src-contract/rounded-product.ts';
import type { InvoiceSettings } from '../../../src-contract/settings.ts';

/** By what totals are added up across currencies: the fixed rates of the settings into the base currency. */
export interface Conversion {
  baseCurrency: string;
  rates: InvoiceSettings['conversion'];
}

/**
 * All sums in the base currency; null when there are no rates. Net and VAT of each currency are converted and rounded half
 * away from zero, gross is their sum. The base currency itself always counts as it is; of two rates for a currency the last
 * counts.
 */
export function convertedSums(
  sums: readonly CurrencySums[],
  { baseCurrency, rates }: Conversion,
): InvoiceTotals['converted'] {
  if (rates.length === 0) return null;
  const rateOf = new Map(rates.map(({ currency, rate }) => [currency, rate])).set(baseCurrency, '1');
  const missing: string[] = [];
  let [net, vat] = [0n, 0n];
  for (const { currency, ...sum } of sums) {
    const rate = rateOf.get(currency);
    if (rate === undefined) {
      missing.push(currency);
      continue;
    }
    net += convertedMinor(sum.net, currency, rate, baseCurrency);
    vat += convertedMinor(sum.vat, currency, rate, baseCurrency);
  }
  return {
    net: toMoney(net, baseCurrency),
    vat: toMoney(vat, baseCurrency),
    gross: toMoney(net + vat, baseCurrency),
    missing,
  };
}

function convertedMinor(minor: string, currency: string, rate: string, baseCurrency: string): bigint {
  const amount = { digits: BigInt(minor), exponent: -currencyDecimals(currency) };
  return roundedDecimalProduct(amount, decimalOfText(rate), currencyDecimals(baseCurrency));
}
