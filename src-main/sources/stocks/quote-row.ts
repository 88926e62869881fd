import { MAX_FUTURE_MS, type PriceBody } from '../../../src-contract/event-bodies.ts';
import { enteringSymbol } from '../../../src-contract/instrument.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import type { StockQuote } from './stock-source-options.ts';

/** What a row of an answer says, whatever its shape; nothing of it is checked. */
export interface RawQuote {
  readonly symbol: unknown;
  readonly price: unknown;
  /** ISO 8601 text, or a number of UTC milliseconds. */
  readonly time: unknown;
  readonly changePercent: unknown;
  readonly currency: unknown;
  /** Name of the field that `time` is from. */
  readonly timeField: string;
}

/** A row that holds a quote. */
export interface GoodRow {
  readonly ok: true;
  readonly quote: StockQuote;
  readonly body: PriceBody;
}

/** A row that does not: why, and the body that the pipeline will reject for it. */
export interface BadRow {
  readonly ok: false;
  readonly reason: string;
  readonly body: unknown;
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const CURRENCY = /^[A-Z]{3}$/;
const MAX_PRICE = 1e9;
const MAX_PERCENT = 1e6;
/** Numbers below are seconds, not milliseconds, or nonsense: 2000-01-01. */
const FIRST_MS = Date.UTC(2000, 0, 1);
const LAST_MS = Date.UTC(10_000, 0, 1) - 1;
const SHOWN_CHARACTERS = 40;

/**
 * Makes a quote of a row, or says why it holds none.
 * @param row as it was received, to be shown where it is rejected.
 * @param now UTC milliseconds; a quote may lie five minutes after it.
 */
export function readQuoteRow(raw: RawQuote, row: unknown, now: number): GoodRow | BadRow {
  const symbol = typeof raw.symbol === 'string' ? enteringSymbol(raw.symbol) : null;
  const asOf = timeOf(raw.time);
  const wrong = symbol === null ? `the symbol ${shown(raw.symbol)} is none` : wrongIn(raw, asOf, now);
  if (symbol === null || asOf === null || wrong !== null) {
    return { ok: false, reason: wrong ?? 'it has no time', body: bodyToReject(raw, row, asOf) };
  }
  const changePercent = raw.changePercent as number | null | undefined;
  const currency = (raw.currency as string | null | undefined) ?? null;
  const quote = { symbol, price: raw.price as number, changePercent: changePercent ?? null, currency, asOf };
  return { ok: true, quote, body: bodyOf(quote) };
}

function wrongIn(raw: RawQuote, asOf: number | null, now: number): string | null {
  if (!isNumberWithin(raw.price, Number.MIN_VALUE, MAX_PRICE)) {
    return `the price ${shown(raw.price)} is no number above 0, at most ${MAX_PRICE}`;
  }
  if (asOf === null) {
    return `the ${raw.timeField} ${shown(raw.time)} is neither an ISO 8601 time with a zone nor milliseconds since 1970`;
  }
  if (asOf > now + MAX_FUTURE_MS) {
    return `the ${raw.timeField} ${toTimestamp(asOf)} is more than ${MAX_FUTURE_MS / 60_000} minutes in the future`;
  }
  if (raw.changePercent != null && !isNumberWithin(raw.changePercent, -MAX_PERCENT, MAX_PERCENT)) {
    return `the change_percent ${shown(raw.changePercent)} is no number between ±${MAX_PERCENT}`;
  }
  if (raw.currency != null && !(typeof raw.currency === 'string' && CURRENCY.test(raw.currency))) {
    return `the currency ${shown(raw.currency)} is no code of three capital letters`;
  }
  return null;
}

function bodyOf({ symbol, price, changePercent, currency, asOf }: StockQuote): PriceBody {
  return {
    symbol,
    price,
    ...(changePercent === null ? {} : { change_percent: changePercent }),
    ...(currency === null ? {} : { currency }),
    occurred_at: toTimestamp(asOf),
  };
}

/** The row with what is wrong in the places where the pipeline looks for it, so that it rejects what is rejected here. */
function bodyToReject(raw: RawQuote, row: unknown, asOf: number | null): unknown {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
  return {
    ...row,
    symbol: raw.symbol,
    price: raw.price,
    ...(raw.changePercent == null ? {} : { change_percent: raw.changePercent }),
    ...(raw.currency == null ? {} : { currency: raw.currency }),
    occurred_at: asOf === null ? `no time: ${shown(raw.time)}` : toTimestamp(asOf),
  };
}

/** UTC milliseconds; null for what is no time. */
function timeOf(time: unknown): number | null {
  if (typeof time === 'number') {
    return Number.isFinite(time) && time >= FIRST_MS && time <= LAST_MS ? Math.round(time) : null;
  }
  if (typeof time !== 'string' || !ISO_TIME.test(time)) return null;
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) || parsed > LAST_MS ? null : parsed;
}

function isNumberWithin(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && value >= low && value <= high;
}

function shown(value: unknown): string {
  const text = value === undefined ? '(missing)' : JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
