import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import {
  EVENT_BODIES,
  MAX_BODY_BYTES,
  MAX_EVENT_VALUE,
  MAX_PORTFOLIO_BODY_BYTES,
  type AnalyticsBody,
  type HoldingsBody,
  type InvoiceBody,
  type PriceBody,
} from '../../src-contract/event-bodies.ts';
import { EVENT_KINDS, type EventFamily, type EventKind } from '../../src-contract/event-kinds.ts';
import { enteringSymbol, normalizeSymbol } from '../../src-contract/instrument.ts';
import { invoiceFigures } from '../../src-contract/invoice-figures.ts';
import { invoiceTimesRefusal } from '../../src-contract/invoice-times.ts';
import { describeInvalid } from './describe-invalid.ts';

/** How the bodies of one subject family are checked. */
export interface FamilyRule {
  kind: EventKind;
  /** Larger bodies are rejects. */
  maxBytes: number;
  /** Whether a message may pack several events into an array, and callers may name theirs by `id`. */
  packs: boolean;
  /** The slug a body is about, which can be asked to be forgotten; null for families about nobody. */
  keyOf(body: object): string | null;
  /** Checks a parsed body and brings its symbols to their stored form. Answers what is wrong, or null. */
  check(body: object): string | null;
  /** {@link check} for a body that was stored: its symbols may be such as earlier versions took. */
  checkStored(body: object): string | null;
  /**
   * What is further asked of a new event whose body passed {@link check}. Amounts without a currency are in the base
   * currency; `publishedAt` is in UTC milliseconds.
   */
  checkEntering(body: object, baseCurrency: () => string, publishedAt: number): string | null;
}

/** The stored form of a symbol; null for none. */
type SymbolReading = (text: string) => string | null;

const FURTHER_CHECKS: Partial<Record<EventFamily, (body: object, read: SymbolReading) => string | null>> = {
  'portfolio.opted_in': checkHoldings,
  'portfolio.updated': checkHoldings,
  'stock.price_updated': checkPrice,
};

const CHECKS_OF_ENTERING: Partial<Record<EventFamily, FamilyRule['checkEntering']>> = {
  'invoice.issued': checkInvoice,
  'analytics.event': checkValueRange,
};

/** The rule of every family the app remembers, by the subject behind the environment. */
export const FAMILY_RULES: ReadonlyMap<string, FamilyRule> = new Map(
  (Object.keys(EVENT_KINDS) as EventFamily[]).map((family) => [family, ruleOf(family)]),
);

/** The rule of a family. */
export function ruleOfFamily(family: EventFamily): FamilyRule {
  return FAMILY_RULES.get(family) as FamilyRule;
}

function ruleOf(family: EventFamily): FamilyRule {
  const schema: TSchema = EVENT_BODIES[family];
  const validator = Compile(schema);
  const further = FURTHER_CHECKS[family];
  const ofPortfolio = family.startsWith('portfolio.');
  function checkAs(body: object, read: SymbolReading): string | null {
    if (!validator.Check(body)) return describeInvalid(schema, validator.Errors(body));
    return further === undefined ? null : further(body, read);
  }
  return {
    kind: EVENT_KINDS[family],
    maxBytes: ofPortfolio ? MAX_PORTFOLIO_BODY_BYTES : MAX_BODY_BYTES,
    packs: family === 'activity.recorded' || family === 'analytics.event',
    keyOf: ofPortfolio ? (body) => (body as { slug: string }).slug : () => null,
    check: (body) => checkAs(body, enteringSymbol),
    checkStored: (body) => checkAs(body, normalizeSymbol),
    checkEntering: CHECKS_OF_ENTERING[family] ?? (() => null),
  };
}

/** Sums are kept exactly, to a millionth; what was stored before that is counted as without a value. */
function checkValueRange(body: object): string | null {
  const { value } = body as AnalyticsBody;
  if (value === undefined || Math.abs(value) <= MAX_EVENT_VALUE) return null;
  return `/value must be from ${-MAX_EVENT_VALUE} to ${MAX_EVENT_VALUE}`;
}

function checkInvoice(body: object, baseCurrency: () => string, publishedAt: number): string | null {
  const figures = invoiceFigures(body as InvoiceBody, baseCurrency());
  return figures.ok ? invoiceTimesRefusal(body as InvoiceBody, publishedAt) : figures.reason;
}

function checkPrice(body: object, read: SymbolReading): string | null {
  const price = body as PriceBody;
  const symbol = read(price.symbol);
  if (symbol === null) return badSymbol('/symbol', price.symbol);
  price.symbol = symbol;
  return null;
}

function checkHoldings(body: object, read: SymbolReading): string | null {
  const { holdings } = body as HoldingsBody;
  for (const [index, holding] of holdings.entries()) {
    const symbol = read(holding.symbol);
    if (symbol === null) return badSymbol(`/holdings/${index}/symbol`, holding.symbol);
    holding.symbol = symbol;
  }
  return null;
}

function badSymbol(path: string, text: string): string {
  return `${path} ${JSON.stringify(text)} is not a symbol: 1 to 15 of A-Z 0-9 . ^ = -, not dots alone, with an optional @EXCHANGE`;
}
