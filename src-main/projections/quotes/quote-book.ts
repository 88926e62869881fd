import type { QuoteRecord } from '../../../src-contract/checkpoint.ts';
import { staleAfter } from './freshness.ts';

const DAY_MS = 86_400_000;

/** Most symbols the book holds; further ones are refused and counted, so that a hostile stream cannot fill the memory. */
export const MAX_SYMBOLS = 100_000;

/** The newest price of every symbol by source, and which of them is used. */
export class QuoteBook {
  #preference: readonly string[];
  #together: readonly string[];
  readonly #staleAfter: (source: string) => number;
  readonly #bySymbol = new Map<string, QuoteRecord[]>();
  #refused = 0;

  /**
   * @param preference sources from the most to the least preferred; others come after them.
   * @param together sources that bring the same prices by different ways: none is preferred to another of them, and all
   *   stand where the best of them stands.
   * @param stale how much older than another source's a quote of a source may be, in milliseconds; beyond that it is not
   *   preferred any more.
   */
  constructor(
    preference: readonly string[],
    together: readonly string[] = [],
    stale: (source: string) => number = () => staleAfter(null),
  ) {
    this.#preference = preference;
    this.#together = together;
    this.#staleAfter = stale;
  }

  /** Another order of the sources, and other ones that belong together. */
  prefer(preference: readonly string[], together: readonly string[] = []): void {
    this.#preference = preference;
    this.#together = together;
  }

  /** The sources from the most to the least preferred. */
  get preference(): readonly string[] {
    return this.#preference;
  }

  /** Every symbol with a price, in the order in which they came. */
  symbols(): IterableIterator<string> {
    return this.#bySymbol.keys();
  }

  /** Number of symbols with a price; none ever goes. */
  get size(): number {
    return this.#bySymbol.size;
  }

  /** What every source says of a symbol, the most preferred first. */
  all(symbol: string): QuoteRecord[] {
    return [...(this.#bySymbol.get(symbol) ?? [])].sort((a, b) => this.#compare(a, b));
  }

  /** What one source says of a symbol; null when it never said anything. */
  ofSource(symbol: string, source: string): QuoteRecord | null {
    return this.#bySymbol.get(symbol)?.find((quote) => quote.source === source) ?? null;
  }

  /** Prices refused because the book was full. */
  get refused(): number {
    return this.#refused;
  }

  /** Puts a stored quote back. */
  load(quote: QuoteRecord): void {
    this.#ofSymbol(quote.symbol)?.push({ ...quote });
  }

  /**
   * Takes a price. One that is older than the newest of its source changes nothing but, if it is the first of its day,
   * the day's opening.
   * @returns the source's changed quote, or null when nothing changed.
   */
  take(price: Omit<QuoteRecord, 'day' | 'dayOpen' | 'dayOpenAt'>): QuoteRecord | null {
    const quotes = this.#ofSymbol(price.symbol);
    if (quotes === null) return null;
    const index = quotes.findIndex((quote) => quote.source === price.source);
    const before = quotes[index];
    const after = before === undefined ? opened(price) : merged(before, price);
    if (after === null) return null;
    if (before === undefined) quotes.push(after);
    else quotes[index] = after;
    return after;
  }

  /**
   * The quote in use: of the most preferred source whose quote is not stale beside the newest, the newest among equally
   * preferred ones; null without any.
   * @param currency only quotes in this base currency; those that name none are in it.
   */
  current(symbol: string, currency?: string): QuoteRecord | null {
    const known = this.#bySymbol.get(symbol);
    const quotes = currency === undefined ? known : known?.filter((quote) => isIn(quote, currency));
    if (quotes === undefined || quotes.length <= 1) return quotes?.[0] ?? null;
    const newest = Math.max(...quotes.map((quote) => quote.occurredAt));
    const fresh = quotes.filter(({ occurredAt, source }) => occurredAt >= newest - this.#staleAfter(source));
    return fresh.reduce((best, quote) => (this.#compare(quote, best) < 0 ? quote : best));
  }

  /** The same order whatever order the quotes came in: a book loaded from the store answers like the one that was saved. */
  #compare(a: QuoteRecord, b: QuoteRecord): number {
    const byRank = this.#rank(a) - this.#rank(b);
    return byRank || b.occurredAt - a.occurredAt || (a.source < b.source ? -1 : 1);
  }

  #rank({ source }: QuoteRecord): number {
    if (!this.#together.includes(source)) return this.#placeOf(source);
    return Math.min(...this.#together.map((each) => this.#placeOf(each)));
  }

  #placeOf(source: string): number {
    const place = this.#preference.indexOf(source);
    return place === -1 ? this.#preference.length : place;
  }

  #ofSymbol(symbol: string): QuoteRecord[] | null {
    const known = this.#bySymbol.get(symbol);
    if (known !== undefined) return known;
    if (this.#bySymbol.size >= MAX_SYMBOLS) {
      this.#refused++;
      return null;
    }
    const quotes: QuoteRecord[] = [];
    this.#bySymbol.set(symbol, quotes);
    return quotes;
  }
}

/** Start of the UTC day of a time, both in UTC milliseconds. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}

function isIn(quote: QuoteRecord, currency: string): boolean {
  return quote.currency === null || quote.currency === currency;
}

type Price = Parameters<QuoteBook['take']>[0];

function opened(price: Price): QuoteRecord {
  return { ...price, day: dayOf(price.occurredAt), dayOpen: price.price, dayOpenAt: price.occurredAt };
}

function merged(before: QuoteRecord, price: Price): QuoteRecord | null {
  const day = dayOf(price.occurredAt);
  // An opening in another currency is none to measure the price against.
  const goesOn = day === before.day && price.currency === before.currency;
  if (price.occurredAt >= before.occurredAt) {
    if (!goesOn) return opened(price);
    return { ...price, day, dayOpen: before.dayOpen, dayOpenAt: before.dayOpenAt };
  }
  if (!goesOn || price.occurredAt >= before.dayOpenAt) return null;
  return { ...before, dayOpen: price.price, dayOpenAt: price.occurredAt };
}
