/** An exact number: numerator over a denominator above 0. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export const ZERO: Fraction = { over: 0n, under: 1n };

/** The number that a decimal text names: `12.50`. */
export function fractionOf(text: string): Fraction {
  const [whole = '0', part = ''] = text.split('.');
  return { over: BigInt(whole + part), under: 10n ** BigInt(part.length) };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.over, under: a.under * b.under };
}

/** a / b; b is above 0. */
export function dividedBy(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.under, under: a.under * b.over };
}

/** Whole cents, rounded half away from zero. Not for negative numbers, which products of holdings never are. */
export function cents({ over, under }: Fraction): bigint {
  return (over * 200n + under) / (under * 2n);
}

/** The floating-point number nearest to it, as far as 30 decimals tell. */
export function toFloat({ over, under }: Fraction): number {
  const places = 30n;
  return Number(`${(over * 10n ** places) / under}e-${places}`);
}

/** Cents as the HTTP interface writes amounts: `-1234.50`. */
export function amountText(minor: bigint): string {
  const sign = minor < 0n ? '-' : '';
  const whole = (minor < 0n ? -minor : minor) / 100n;
  const rest = (minor < 0n ? -minor : minor) % 100n;
  return `${sign}${whole}.${rest < 10n ? '0' : ''}${rest}`;
}
