const DIGITS = 6;

/** An amount of a price axis: short, but with the digits that neighbouring ticks differ in: `$12.345M`. */
export function axisMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumSignificantDigits: DIGITS,
  }).format(amount);
}
