import { CURRENCY_CODES } from './currency-codes.ts';
import type { InvoiceBody, InvoiceLineBody } from './event-bodies.ts';
import { minorProduct, placesOf, textOf, unitsOf, type StatedDecimal } from './exact-amount.ts';
import { DEFAULT_VAT_BASIS_POINTS, MAX_INVOICE_MINOR, type InvoiceState } from './invoice.ts';
import { currencyDecimals, toMoney } from './money.ts';
import { roundedQuotient } from './rounded-product.ts';

/** One line of {@link InvoiceFigures}: exact decimal text as stated, and its net in minor units. */
export interface LineFigures {
  description: string;
  quantity: string;
  unit_price: string;
  net: number;
}

/** What an invoice's body comes to: amounts in integer minor units of its currency, times in UTC milliseconds. */
export interface InvoiceFigures {
  ok: true;
  /** Trimmed, as is the company. */
  number: string;
  company: string;
  country: string | null;
  currency: string;
  state: InvoiceState;
  /** When it says it was issued, else when it says it occurred; null: neither, and so when its event did. */
  issuedAt: number | null;
  dueAt: number | null;
  /** VAT in hundredths of a percent, 0 to 10,000: as stated, else as the VAT amount is to the net, rounded. */
  vatBasisPoints: number;
  net: number;
  vat: number;
  gross: number;
  lines: LineFigures[];
}

/** Why a body states no invoice: names the field and says what is accepted. */
export interface NoInvoice {
  ok: false;
  reason: string;
}

/** A quantity or price given as a number has at most this many decimals. Text has at most 6, by the schema. */
const MAX_PLACES = 20;
/** Quantities and prices are smaller than this, as 13 digits are. */
const MAX_FACTOR = 1e13;
const MAX_BASIS_POINTS = 10_000;
const EARLIEST = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');
const SHORTEST_MONTH = 28;
const CONTROL = /\p{Cc}/u;

/**
 * The exact figures of an invoice, or why it is none.
 * Line net = round(quantity × unit price); net = sum of the lines; VAT = round(net × rate), once per invoice; gross =
 * net + VAT; always half away from zero, and as the decimals are written: 15 % of 1091.50 is 163.73. What a body states
 * of these must be what they come to. A VAT amount without a rate stands as it is, from 0 to the net.
 * @param body has passed its schema.
 * @param baseCurrency is meant where the body names no currency.
 */
export function invoiceFigures(body: InvoiceBody, baseCurrency: string): InvoiceFigures | NoInvoice {
  try {
    return figuresOf(body, baseCurrency);
  } catch (error) {
    if (error instanceof FieldError) return { ok: false, reason: error.message };
    throw error;
  }
}

/** A field is not what is accepted; never leaves this module. */
class FieldError extends Error {}

function figuresOf(body: InvoiceBody, baseCurrency: string): InvoiceFigures {
  const currency = body.currency ?? baseCurrency;
  if (currency !== baseCurrency && !CURRENCY_CODES.has(currency)) {
    throw new FieldError(`/currency ${JSON.stringify(currency)} is not a currency of ISO 4217`);
  }
  const lines = (body.lines ?? []).map((line, index) => lineFigures(line, index, currency));
  const net = netOf(body, lines, currency);
  const { vat, vatBasisPoints } = vatOf(body, net, currency);
  return {
    ok: true,
    number: nameOf('/number', body.number),
    company: nameOf('/company', body.company),
    country: body.country === undefined ? null : nameOf('/country', body.country),
    currency,
    state: body.state ?? 'open',
    issuedAt: timeOf('/issued_at', body.issued_at) ?? timeOf('/occurred_at', body.occurred_at),
    dueAt: timeOf('/due_at', body.due_at),
    vatBasisPoints,
    net,
    vat,
    gross: grossOf(body, net + vat, currency),
    lines,
  };
}

function lineFigures(line: InvoiceLineBody, index: number, currency: string): LineFigures {
  const quantity = factorText(`/lines/${index}/quantity`, line.quantity);
  const price = factorText(`/lines/${index}/unit_price`, line.unit_price);
  const net = minorProduct(line.quantity, line.unit_price, currencyDecimals(currency));
  if (net === null || Math.abs(net) > MAX_INVOICE_MINOR) {
    throw new FieldError(`/lines/${index} makes ${quantity} × ${price}; ${atMost(currency)}`);
  }
  return { description: line.description, quantity, unit_price: price, net };
}

function factorText(field: string, stated: StatedDecimal): string {
  if (Math.abs(Number(stated)) < MAX_FACTOR && placesOf(stated) <= MAX_PLACES) return textOf(stated);
  throw new FieldError(
    `${field} ${stated} is out of range: at most 13 digits before the point and ${MAX_PLACES} after it are accepted`,
  );
}

function netOf(body: InvoiceBody, lines: readonly LineFigures[], currency: string): number {
  const stated = body.net === undefined ? null : amountOf('/net', body.net, currency);
  if (body.lines === undefined) {
    if (stated === null) throw new FieldError('/net is missing: lines, or a net amount, are accepted');
    return stated;
  }
  const net = lines.reduce((sum, line) => sum + line.net, 0);
  if (Math.abs(net) > MAX_INVOICE_MINOR) {
    throw new FieldError(`/lines make ${text(net, currency)}; ${atMost(currency)}`);
  }
  if (stated !== null && stated !== net) {
    throw new FieldError(
      `/net ${text(stated, currency)} is not the sum of the lines, ${text(net, currency)}`,
    );
  }
  return net;
}

function vatOf(body: InvoiceBody, net: number, currency: string): { vat: number; vatBasisPoints: number } {
  const stated = body.vat === undefined ? null : amountOf('/vat', body.vat, currency);
  if (stated !== null && body.vat_percent === undefined) {
    return { vat: stated, vatBasisPoints: rateMade(stated, net, currency) };
  }
  const vatBasisPoints = body.vat_percent === undefined ? DEFAULT_VAT_BASIS_POINTS : rateOf(body.vat_percent);
  const vat = Number(roundedQuotient(BigInt(net) * BigInt(vatBasisPoints), BigInt(MAX_BASIS_POINTS)));
  if (stated !== null && stated !== vat) {
    throw new FieldError(
      `/vat ${text(stated, currency)} is not ${vatBasisPoints / 100} % of the net ${text(net, currency)}, which is ${text(vat, currency)}`,
    );
  }
  return { vat, vatBasisPoints };
}

function rateOf(stated: StatedDecimal): number {
  const basisPoints = unitsOf(stated, 2);
  if (basisPoints !== null && basisPoints >= 0 && basisPoints <= MAX_BASIS_POINTS) return basisPoints;
  throw new FieldError(
    `/vat_percent ${stated} is out of range: 0 to 100 with at most 2 decimals is accepted`,
  );
}

/** The rate that a stated VAT amount makes; of nothing, nothing. */
function rateMade(vat: number, net: number, currency: string): number {
  if (vat === 0) return 0;
  if (Math.sign(vat) !== Math.sign(net) || Math.abs(vat) > Math.abs(net)) {
    throw new FieldError(
      `/vat ${text(vat, currency)} is out of range: 0 to the net ${text(net, currency)} is accepted`,
    );
  }
  return Number(roundedQuotient(BigInt(vat) * BigInt(MAX_BASIS_POINTS), BigInt(net)));
}

function grossOf(body: InvoiceBody, gross: number, currency: string): number {
  if (Math.abs(gross) > MAX_INVOICE_MINOR) {
    throw new FieldError(`/gross comes to ${text(gross, currency)}; ${atMost(currency)}`);
  }
  const stated = body.gross === undefined ? null : amountOf('/gross', body.gross, currency);
  if (stated !== null && stated !== gross) {
    throw new FieldError(
      `/gross ${text(stated, currency)} is not net + VAT, which is ${text(gross, currency)}`,
    );
  }
  return gross;
}

function amountOf(field: string, stated: StatedDecimal, currency: string): number {
  const minor = unitsOf(stated, currencyDecimals(currency));
  if (minor !== null && Math.abs(minor) <= MAX_INVOICE_MINOR) return minor;
  throw new FieldError(
    `${field} ${stated} is no amount of ${currency}: at most ${currencyDecimals(currency)} decimals are accepted, and ${atMost(currency)}`,
  );
}

function nameOf(field: string, stated: string): string {
  if (CONTROL.test(stated) || !stated.isWellFormed()) {
    throw new FieldError(`${field} has control characters or halves of characters; text without is accepted`);
  }
  const name = stated.trim();
  if (name === '' && field !== '/country') throw new FieldError(`${field} is blank; a name is accepted`);
  return name;
}

function timeOf(field: string, stated: string | undefined): number | null {
  if (stated === undefined) return null;
  const at = Date.parse(stated);
  if (at >= EARLIEST && at <= LATEST && hasThatDay(stated)) return at;
  throw new FieldError(
    `${field} ${JSON.stringify(stated)} is not a time: ISO 8601 in the years 0001 to 9999 is accepted`,
  );
}

/** Date.parse takes 30 February for 2 March. */
function hasThatDay(time: string): boolean {
  const day = Number(time.slice(8, 10));
  if (day <= SHORTEST_MONTH) return true;
  return day <= new Date(Date.UTC(Number(time.slice(0, 4)), Number(time.slice(5, 7)), 0)).getUTCDate();
}

function text(minor: number, currency: string): string {
  return toMoney(minor, currency).amount;
}

function atMost(currency: string): string {
  return `at most ${text(MAX_INVOICE_MINOR, currency)} ${currency} up or down is accepted`;
}
