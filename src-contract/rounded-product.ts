import { decimalOf, decimalProduct, type Decimal } from './decimal.ts';

/** The largest amount in minor units that is still exact. */
const LARGEST = Number.MAX_SAFE_INTEGER;
/** Relative error of a product of two numbers and a power of ten in floating point, generously. */
const FLOAT_ERROR = 1e-15;

/**
 * quantity × price in minor units, rounded half away from zero as the decimal numbers are written: 1.005 × 100 at two
 * decimals is 10050, not what floating point makes of it.
 * @returns an integer, or null when it is too large to be exact.
 */
export function roundedProduct(quantity: number, price: number, decimals: number): number | null {
  const approximate = quantity * price * 10 ** decimals;
  if (Math.abs(approximate) >= LARGEST) return null;
  const distance = Math.abs(Math.abs(approximate % 1) - 0.5);
  if (distance > Math.abs(approximate) * FLOAT_ERROR) {
    // Adding 0 makes 0 of -0.
    return approximate < 0 ? 0 - Math.round(-approximate) : Math.round(approximate) + 0;
  }
  return exactProduct(quantity, price, decimals);
}

/** Whether a sum of minor units stays exact, and so can be stored as an integer, when this part is added. */
export function fits(total: number, part: number): boolean {
  return Number.isSafeInteger(total + part);
}

/** quantity × price in minor units of decimals of any size, rounded half away from zero. */
export function roundedDecimalProduct(quantity: Decimal, price: Decimal, decimals: number): bigint {
  const { digits, exponent } = decimalProduct(quantity, price);
  const places = exponent + decimals;
  return places >= 0 ? digits * 10n ** BigInt(places) : roundedQuotient(digits, 10n ** BigInt(-places));
}

/** value ÷ divisor, rounded half away from zero; the divisor is not 0. */
export function roundedQuotient(value: bigint, divisor: bigint): bigint {
  const [dividend, by] = [magnitude(value), magnitude(divisor)];
  const rounded = (2n * dividend + by) / (2n * by);
  return value < 0n === divisor < 0n ? rounded : -rounded;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function exactProduct(quantity: number, price: number, decimals: number): number | null {
  const result = Number(roundedDecimalProduct(decimalOf(quantity), decimalOf(price), decimals));
  return Number.isSafeInteger(result) ? result : null;
}
