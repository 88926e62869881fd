/** An exact decimal amount and its ISO 4217 currency. */
export interface MoneyValue {
  amount: string;
  currency: string;
}

/** Numbers are written the way the words around them are: in English. */
const LOCALE = 'en-US';
const formats = new Map<string, Intl.NumberFormat>();
/** Currencies are few; this only bounds what a hostile feed could make. */
const MAX_FORMATS = 200;

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known !== undefined) return known;
  if (formats.size >= MAX_FORMATS) formats.clear();
  const format = new Intl.NumberFormat(LOCALE, options);
  formats.set(key, format);
  return format;
}

/** Options of {@link formatMoney}. */
export interface MoneyStyle {
  /** A plus sign before gains. */
  signed?: boolean;
  /** `$1.2M` instead of every digit. */
  compact?: boolean;
}

/** An amount to the last digit, `$1,234.56`; the text is formatted as it is and never becomes a float. */
export function formatMoney({ amount, currency }: MoneyValue, style: MoneyStyle = {}): string {
  const options: Intl.NumberFormatOptions = { style: 'currency', currency };
  if (style.signed === true) options.signDisplay = 'exceptZero';
  if (style.compact === true) {
    options.notation = 'compact';
    options.minimumFractionDigits = 2;
    options.maximumFractionDigits = 2;
  }
  return numberFormat(options).format(amount as `${number}`);
}

/** −1, 0 or 1: which way an amount points. */
export function moneySign({ amount }: MoneyValue): -1 | 0 | 1 {
  if (!/[1-9]/.test(amount)) return 0;
  return amount.startsWith('-') ? -1 : 1;
}

/** A percentage with its sign, two decimals: 12.5 is `+12.50%`. */
export function formatPercent(percent: number): string {
  const options = { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' } as const;
  return `${numberFormat(options).format(percent)}%`;
}

/** A share of a whole from 0 to 1 as a percentage without sign: 0.125 is `12.5%`. */
export function formatShare(share: number): string {
  return numberFormat({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(share);
}

/** A whole number with separators: `12,345`. */
export function formatCount(count: number): string {
  return numberFormat({ maximumFractionDigits: 0 }).format(count);
}

/** A count and its word: `1 gap`, `2 gaps`. */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A rate per second: one decimal under 100, whole above. */
export function formatRate(perSecond: number): string {
  const digits = perSecond < 100 ? 1 : 0;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${numberFormat(options).format(perSecond)}/s`;
}

/** A price as received: at least two decimals, at most six. */
export function formatPrice(price: number): string {
  return numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(price);
}

/** A quantity: as many decimals as it has, at most eight. */
export function formatQuantity(quantity: number): string {
  return numberFormat({ maximumFractionDigits: 8 }).format(quantity);
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size in decimal units: 1,500,000 is `1.5 MB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const digits = power === 0 ? 0 : 1;
  const value = numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${value.format(bytes / 1000 ** power)} ${BYTE_UNITS[power] ?? 'B'}`;
}
