import { decimalOf, decimalOfText, decimalText, type Decimal } from './decimal.ts';
import { roundedDecimalProduct, roundedProduct } from './rounded-product.ts';

/** A decimal as events state it: exact text, or a number, which stands for the shortest decimal that names it. */
export type StatedDecimal = number | string;

/** Two decimals of up to this many digits are never the same number: below it a number tells its decimal. */
const EXACT_BELOW = 1e15;
const EXACT_LENGTH = 15;
/** Already written as it would be: nearly all that is stated. */
const PLAIN = /^(0|-?[1-9]\d*)(\.\d+)?$/;

/**
 * A stated decimal in units of 10^-decimals, such as minor units or basis points.
 * @returns an integer, or null when it has more decimals than that or is too large to be exact.
 */
export function unitsOf(stated: StatedDecimal, decimals: number): number | null {
  if (typeof stated === 'number') {
    const units = Math.round(stated * 10 ** decimals);
    if (Math.abs(units) < EXACT_BELOW && units / 10 ** decimals === stated) return units + 0;
  }
  const { digits, exponent } = decimalOfStated(stated);
  const places = exponent + decimals;
  const divisor = 10n ** BigInt(Math.max(0, -places));
  if (digits % divisor !== 0n) return null;
  return safe((digits / divisor) * 10n ** BigInt(Math.max(0, places)));
}

/**
 * quantity × price in minor units, rounded half away from zero as the decimals are stated.
 * @returns an integer, or null when it is too large to be exact.
 */
export function minorProduct(quantity: StatedDecimal, price: StatedDecimal, decimals: number): number | null {
  const [a, b] = [numberOf(quantity), numberOf(price)];
  if (a !== null && b !== null) return roundedProduct(a, b, decimals);
  return safe(roundedDecimalProduct(decimalOfStated(quantity), decimalOfStated(price), decimals));
}

/** A stated decimal in full, without an exponent, with the decimals it was stated with. */
export function textOf(stated: StatedDecimal): string {
  const text = stated.toString();
  return PLAIN.test(text) ? text : decimalText(decimalOfText(text));
}

/** How many decimals it was stated with. */
export function placesOf(stated: StatedDecimal): number {
  const text = stated.toString();
  if (PLAIN.test(text)) return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
  return Math.max(0, -decimalOfText(text).exponent);
}

function decimalOfStated(stated: StatedDecimal): Decimal {
  return typeof stated === 'number' ? decimalOf(stated) : decimalOfText(stated);
}

/** The number whose shortest decimal this is; null where a number has too few digits for it. */
function numberOf(stated: StatedDecimal): number | null {
  if (typeof stated === 'number') return stated;
  return stated.length <= EXACT_LENGTH ? Number(stated) : null;
}

function safe(units: bigint): number | null {
  const result = Number(units);
  return Number.isSafeInteger(result) ? result : null;
}
