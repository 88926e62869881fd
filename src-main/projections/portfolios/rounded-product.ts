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
    return approximate < 0 ? -Math.round(-approximate) : Math.round(approximate);
  }
  return exactProduct(quantity, price, decimals);
}

function exactProduct(quantity: number, price: number, decimals: number): number | null {
  const a = decimalOf(quantity);
  const b = decimalOf(price);
  const exponent = a.exponent + b.exponent + decimals;
  const product = a.digits * b.digits;
  const rounded = exponent >= 0 ? product * 10n ** BigInt(exponent) : divideRounded(product, -exponent);
  const result = Number(rounded);
  return Number.isSafeInteger(result) ? result : null;
}

function divideRounded(value: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places);
  const magnitude = value < 0n ? -value : value;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return value < 0n ? -rounded : rounded;
}

/** The shortest decimal that names this number, as digits × 10^exponent. */
function decimalOf(value: number): { digits: bigint; exponent: number } {
  const [mantissa = '0', exponent = '0'] = value.toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
