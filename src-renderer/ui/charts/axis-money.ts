const DIGITS = 6;
const COMPACT_FROM = 1_000_000;

/** An amount of a price axis: short, but with the digits that neighbouring ticks differ in: `$12.345M`, `$124,856`. */
export function axisMoney(amount: number, currency: string): string {
  const style = { style: 'currency', currency, minimumFractionDigits: 0 } as const;
  const short = Math.abs(amount) >= COMPACT_FROM;
  const digits = short
    ? ({ notation: 'compact', maximumSignificantDigits: DIGITS } as const)
    : { maximumFractionDigits: 2 };
  return new Intl.NumberFormat('en-US', { ...style, ...digits }).format(amount);
}
