import Type, { type Static } from 'typebox';

/** An amount as it leaves the app: exact decimal text and an ISO 4217 code, never a float. */
export const Money = Type.Object(
  {
    amount: Type.String({ pattern: '^-?[0-9]+(\\.[0-9]+)?$', examples: ['1234.56'] }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', examples: ['USD'] }),
  },
  { description: 'Exact decimal amount and its currency' },
);
export type Money = Static<typeof Money>;

const NO_DECIMALS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const THREE_DECIMALS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

/** Number of decimals of a currency's minor unit by ISO 4217: 0, 2 or 3. */
export function currencyDecimals(currency: string): number {
  if (NO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

/** Turns integer minor units into {@link Money}: `toMoney(-5, 'USD')` is `-0.05 USD`. Sums beyond 2^53 come as bigint. */
export function toMoney(minor: number | bigint, currency: string): Money {
  const decimals = currencyDecimals(currency);
  const isNegative = minor < 0;
  const digits = digitsOf(isNegative ? -minor : minor).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = isNegative ? '-' : '';
  return {
    amount: decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`,
    currency,
  };
}

/** Turns {@link Money} back into integer minor units; the inverse of {@link toMoney} for amounts it wrote. */
export function toMinor(money: Money): number {
  const decimals = currencyDecimals(money.currency);
  const [whole = '0', fraction = ''] = money.amount.replace('-', '').split('.');
  const minor = Number(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
  return money.amount.startsWith('-') && minor !== 0 ? -minor : minor;
}

/** A number above 2^53 is not exact any more, but still written as digits: by itself it would use an exponent. */
function digitsOf(magnitude: number | bigint): string {
  if (typeof magnitude === 'bigint' || Number.isSafeInteger(magnitude)) return magnitude.toString();
  return BigInt(magnitude).toString();
}
