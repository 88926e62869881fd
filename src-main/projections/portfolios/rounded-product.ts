import { decimalOf, decimalProduct } from './decimal.ts';

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
    return approximate < 0 ? 0 - Math.round(-approximate) : Math.round(approximate);
  }
  return exactProduct(quantity, price, decimals);
}

/** Whether a sum of minor units stays exact, and so can be stored as an integer, when this part is added. */
export function fits(total: number, part: number): boolean {
  return Number.isSafeInteger(total + part);
}

function exactProduct(quantity: number, price: number, decimals: number): number | null {
  const { digits, exponent } = decimalProduct(decimalOf(quantity), decimalOf(price));
  const places = exponent + decimals;
  const rounded = places >= 0 ? digits * 10n ** BigInt(places) : divideRounded(digits, -places);
  const result = Number(rounded);
  return Number.isSafeInteger(result) ? result : null;
}

function divideRounded(value: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places);
  const magnitude = value < 0n ? -value : value;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return value < 0n ? -rounded : rounded;
}
