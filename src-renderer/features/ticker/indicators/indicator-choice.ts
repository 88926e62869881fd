/** An indicator as it is chosen for a chart; periods count candles. */
export type IndicatorChoice =
  | { readonly kind: 'sma'; readonly period: number }
  | { readonly kind: 'ema'; readonly period: number }
  | { readonly kind: 'bollinger'; readonly period: number; readonly deviations: number }
  | { readonly kind: 'rsi'; readonly period: number }
  | { readonly kind: 'macd'; readonly fast: number; readonly slow: number; readonly signal: number };

/** Name of an indicator. */
export type IndicatorKind = IndicatorChoice['kind'];

/** Most indicators on one chart. */
export const MAX_INDICATORS = 8;
/** The longest period that can be chosen. */
export const MAX_PERIOD = 500;

/** The lines an indicator draws, in the order in which they are computed. */
export const INDICATOR_LINES = {
  sma: ['SMA'],
  ema: ['EMA'],
  bollinger: ['Upper band', 'Middle band', 'Lower band'],
  rsi: ['RSI'],
  macd: ['MACD', 'Signal', 'Histogram'],
} as const satisfies Record<IndicatorKind, readonly string[]>;

/** What is chosen when an indicator is switched on without figures. */
export const USUAL_CHOICES: { readonly [K in IndicatorKind]: Extract<IndicatorChoice, { kind: K }> } = {
  sma: { kind: 'sma', period: 20 },
  ema: { kind: 'ema', period: 20 },
  bollinger: { kind: 'bollinger', period: 20, deviations: 2 },
  rsi: { kind: 'rsi', period: 14 },
  macd: { kind: 'macd', fast: 12, slow: 26, signal: 9 },
};

/** A choice in the address of a page, such as `sma-20` or `macd-12-26-9`. */
export function indicatorText(choice: IndicatorChoice): string {
  const { kind, ...figures } = choice;
  return [kind, ...Object.values(figures)].join('-');
}

/** A choice as people read it, such as `MACD 12 26 9`. */
export function indicatorTitle(choice: IndicatorChoice): string {
  const { kind, ...figures } = choice;
  const name = kind === 'bollinger' ? 'Bollinger' : kind.toUpperCase();
  return [name, ...Object.values(figures)].join(' ');
}

/** Reads {@link indicatorText}; null for anything else, and for periods that are not whole numbers from 2 to 500. */
export function indicatorOf(text: string): IndicatorChoice | null {
  const [kind, ...parts] = text.split('-');
  if (!isKind(kind) || parts.some((part) => !/^\d{1,3}(\.\d)?$/.test(part))) return null;
  const fields = Object.keys(USUAL_CHOICES[kind]).slice(1);
  if (parts.length !== fields.length) return null;
  const figures = Object.fromEntries(fields.map((field, index) => [field, Number(parts[index])]));
  const choice = { kind, ...figures } as IndicatorChoice;
  return isAccepted(choice) ? choice : null;
}

function isKind(kind: string | undefined): kind is IndicatorKind {
  return kind !== undefined && Object.hasOwn(USUAL_CHOICES, kind);
}

function isAccepted(choice: IndicatorChoice): boolean {
  if (choice.kind === 'macd') {
    return (
      isPeriod(choice.fast) && isPeriod(choice.slow) && isPeriod(choice.signal) && choice.fast < choice.slow
    );
  }
  if (choice.kind === 'bollinger' && !(choice.deviations >= 0.5 && choice.deviations <= 5)) return false;
  return isPeriod(choice.period);
}

function isPeriod(period: number): boolean {
  return Number.isInteger(period) && period >= 2 && period <= MAX_PERIOD;
}
