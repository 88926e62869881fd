/** An exact fraction: shares no code and no idea with what it checks. */
interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** The decimal that a number is named by, or a text says, as a fraction. */
export function fractionOf(stated: number | string): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(stated));
  if (match === null) throw new Error(`no decimal: ${stated}`);
  const [, sign, whole = '0', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const places = fraction.length - Number(exponent);
  return places > 0
    ? { numerator: digits, denominator: 10n ** BigInt(places) }
    : { numerator: digits * 10n ** BigInt(-places), denominator: 1n };
}

/** a × b × 10^decimals, rounded half away from zero by looking at what is left over. */
export function roundedOnPaper(a: number | string, b: number | string, decimals: number): bigint {
  const [x, y] = [fractionOf(a), fractionOf(b)];
  const numerator = x.numerator * y.numerator * 10n ** BigInt(decimals);
  const denominator = x.denominator * y.denominator;
  const size = numerator < 0n ? -numerator : numerator;
  const rest = size % denominator;
  const rounded = (size - rest) / denominator + (rest + rest >= denominator ? 1n : 0n);
  return numerator < 0n ? -rounded : rounded;
}
