import type { QuoteRecord } from '../../../src-contract/checkpoint.ts';
import { staleAfter } from './freshness.ts';

const DAY_MS = 86_400_000;

/** Most symbols the book holds; further ones are refused and counted, so that a hostile stream cannot fill the memory. */
export const MAX_SYMBOLS = 100_000;

/** The quote of a source. */
interface HeldQuote {
  record: QuoteRecord;
  /** Nobody has seen the record: further prices change it in place, most of which come in batches that nobody looks into. */
  unseen: boolean;
  /** It is among the changed ones. */
  changed: boolean;
}

/** The newest price of every symbol by source, and which of them is used. */
export class QuoteBook {
  #preference: readonly string[];
  #together: readonly string[];
  readonly #staleAfter: (source: string) => number;
  readonly #bySymbol = new Map<string, HeldQuote[]>();
  #changed: HeldQuote[] = [];
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
    return (this.#recordsOf(symbol) ?? []).sort((a, b) => this.#compare(a, b));
  }

  /** What one source says of a symbol; null when it never said anything. */
  ofSource(symbol: string, source: string): QuoteRecord | null {
    return this.#recordsOf(symbol)?.find((quote) => quote.source === source) ?? null;
  }

  /** Prices refused because the book was full. */
  get refused(): number {
    return this.#refused;
  }

  /** Puts a stored quote back. */
  load(quote: QuoteRecord): void {
    this.#ofSymbol(quote.symbol)?.push({ record: recordOf(quote, quote), unseen: false, changed: false });
  }

  /**
   * Takes a price. One that is older than the newest of its source changes nothing but, if it is the first of its day,
   * the day's opening.
   * @returns whether anything changed.
   */
  take(price: Price): boolean {
    const quotes = this.#ofSymbol(price.symbol);
    if (quotes === null) return false;
    const held = quotes.find(({ record }) => record.source === price.source);
    if (held === undefined) {
      const added = { record: recordOf(price, openingOf(price)), unseen: true, changed: true };
      quotes.push(added);
      this.#changed.push(added);
      return true;
    }
    const isNewer = price.occurredAt >= held.record.occurredAt;
    if (!isNewer && !opensDay(held.record, price)) return false;
    const record = this.#toChange(held);
    if (isNewer) move(record, price);
    else open(record, price.occurredAt, price.price);
    return true;
  }

  /** The quotes that changed since the last call, each once. */
  takeChanged(): QuoteRecord[] {
    const changed = this.#changed;
    this.#changed = [];
    return changed.map((held) => {
      held.changed = false;
      return seen(held);
    });
  }

  /**
   * The quote in use: of the most preferred source whose quote is not stale beside the newest, the newest among equally
   * preferred ones; null without any.
   * @param currency only quotes in this base currency; those that name none are in it.
   */
  current(symbol: string, currency?: string): QuoteRecord | null {
    const known = this.#recordsOf(symbol);
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

  #recordsOf(symbol: string): QuoteRecord[] | undefined {
    return this.#bySymbol.get(symbol)?.map(seen);
  }

  #toChange(held: HeldQuote): QuoteRecord {
    if (!held.unseen) held.record = recordOf(held.record, held.record);
    held.unseen = true;
    if (!held.changed) this.#changed.push(held);
    held.changed = true;
    return held.record;
  }

  #ofSymbol(symbol: string): HeldQuote[] | null {
    const known = this.#bySymbol.get(symbol);
    if (known !== undefined) return known;
    if (this.#bySymbol.size >= MAX_SYMBOLS) {
      this.#refused++;
      return null;
    }
    const quotes: HeldQuote[] = [];
    this.#bySymbol.set(symbol, quotes);
    return quotes;
  }
}

/** Start of the UTC day of a time, both in UTC milliseconds. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}

/** The record, which from now on stays as it is. */
function seen(held: HeldQuote): QuoteRecord {
  held.unseen = false;
  return held.record;
}

function isIn(quote: QuoteRecord, currency: string): boolean {
  return quote.currency === null || quote.currency === currency;
}

type Price = Omit<QuoteRecord, 'day' | 'dayOpen' | 'dayOpenAt'>;
type Opening = Pick<QuoteRecord, 'day' | 'dayOpen' | 'dayOpenAt'>;

function openingOf({ occurredAt, price }: Price): Opening {
  return { day: dayOf(occurredAt), dayOpen: price, dayOpenAt: occurredAt };
}

/** One form for all records, whatever they are made of: what reads millions of them is the faster for it. */
function recordOf(price: Price, { day, dayOpen, dayOpenAt }: Opening): QuoteRecord {
  const { source, symbol, currency, changePercent, occurredAt } = price;
  return {
    source,
    symbol,
    currency,
    price: price.price,
    changePercent,
    occurredAt,
    day,
    dayOpen,
    dayOpenAt,
  };
}

/** Whether a price is of the day that the quote has the opening of. One in another currency is none to measure by it. */
function goesOn(quote: QuoteRecord, { occurredAt, currency }: Price): boolean {
  return occurredAt >= quote.day && occurredAt < quote.day + DAY_MS && currency === quote.currency;
}

/** Whether a price that came late is the first of the quote's day. */
function opensDay(quote: QuoteRecord, price: Price): boolean {
  return goesOn(quote, price) && price.occurredAt < quote.dayOpenAt;
}

function open(quote: QuoteRecord, at: number, price: number): void {
  quote.day = dayOf(at);
  quote.dayOpen = price;
  quote.dayOpenAt = at;
}

function move(quote: QuoteRecord, price: Price): void {
  if (!goesOn(quote, price)) open(quote, price.occurredAt, price.price);
  quote.currency = price.currency;
  quote.price = price.price;
  quote.changePercent = price.changePercent;
  quote.occurredAt = price.occurredAt;
}
