/** A decimal number, exactly: digits × 10^exponent. */
export interface Decimal {
  digits: bigint;
  exponent: number;
}

/** The shortest decimal that names this number: 0.1 is a tenth, not what binary makes of it. Finite numbers only. */
export function decimalOf(value: number): Decimal {
  return decimalOfText(value.toString());
}

/** The decimal that a text such as `-12.50` or `1e-7` says; every digit counts. Throws SyntaxError for other text. */
export function decimalOfText(text: string): Decimal {
  const [mantissa = '0', exponent = '0'] = text.split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** A decimal in full, without an exponent and with the places it has: 1250 × 10^-2 is `12.50`. */
export function decimalText({ digits, exponent }: Decimal): string {
  if (exponent >= 0) return (digits * 10n ** BigInt(exponent)).toString();
  const magnitude = (digits < 0n ? -digits : digits).toString().padStart(1 - exponent, '0');
  return `${digits < 0n ? '-' : ''}${magnitude.slice(0, exponent)}.${magnitude.slice(exponent)}`;
}

/** The number nearest to a decimal. */
export function toNumber({ digits, exponent }: Decimal): number {
  return Number(`${digits.toString()}e${exponent}`);
}

/** a × b. */
export function decimalProduct(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent };
}

/** a + b. */
export function decimalSum(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: digitsAt(a, exponent) + digitsAt(b, exponent), exponent };
}

/** The number nearest to a / b; b is not 0, both are not negative. */
export function decimalQuotient(a: Decimal, b: Decimal): number {
  const places = SIGNIFICANT + b.digits.toString().length;
  const digits = (a.digits * 10n ** BigInt(places)) / b.digits;
  return toNumber({ digits, exponent: a.exponent - b.exponent - places });
}

/** Digits a quotient is computed to: more than a number of 64 bits can tell apart. */
const SIGNIFICANT = 25;

function digitsAt({ digits, exponent }: Decimal, lower: number): bigint {
  return digits * 10n ** BigInt(exponent - lower);
}
