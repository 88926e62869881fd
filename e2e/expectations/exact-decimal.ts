/** A decimal number as digits and how many of them stand behind the point: 12.5 is 125 and 1. */
interface Decimal {
  digits: bigint;
  scale: number;
}

/** The decimal a number is written as; exact where a float is not. */
function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = value.toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Two factors multiplied exactly and rounded to cents, half away from zero. */
export function productInCents(a: number, b: number): bigint {
  const first = decimalOf(a);
  const second = decimalOf(b);
  const digits = first.digits * second.digits;
  const drop = first.scale + second.scale - 2;
  if (drop <= 0) return digits * 10n ** BigInt(-drop);
  const unit = 10n ** BigInt(drop);
  const magnitude = digits < 0n ? -digits : digits;
  const rounded = (magnitude + unit / 2n) / unit;
  return digits < 0n ? -rounded : rounded;
}

/** Cents as the decimal text of the HTTP interface: `-1234.50`. */
export function amountOf(cents: bigint): string {
  const magnitude = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${magnitude.slice(0, -2)}.${magnitude.slice(-2)}`;
}

/** Cents as the screens show them: `-$1,234.50`; with `signed` a plus before gains. */
export function shownAmount(cents: bigint, signed = false): string {
  const [whole = '0', fraction = '00'] = amountOf(cents < 0n ? -cents : cents).split('.');
  const sign = cents < 0n ? '-' : signed && cents > 0n ? '+' : '';
  return `${sign}$${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

/** The cents of an amount as the HTTP interface writes it. */
export function centsOf(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}
