import { seededRandom, type Random } from '../../../src-main/lib/random.ts';

/** One position as it is published: decimal texts, so that nobody has rounded them yet. */
export interface ScriptedHolding {
  symbol: string;
  quantity: string;
  avgPrice: string;
}

/** When an event says that it happened, in UTC milliseconds; null: it does not say. */
interface Stated {
  at: number | null;
}

/** One event as its publisher means it. */
export type ScriptedEvent = Stated &
  (
    | { family: 'portfolio.opted_in' | 'portfolio.updated'; slug: string; holdings: ScriptedHolding[] }
    | { family: 'portfolio.opted_out'; slug: string }
    | { family: 'stock.price_updated'; symbol: string; price: string }
  );

/** How much a script holds. */
export interface ScriptSize {
  events: number;
  slugs: number;
  /** What every slug begins with. */
  prefix?: string;
}

const SYMBOLS = 60;
/** Symbols from this number on never get a price: who holds one is shown in part. */
const UNPRICED_FROM = 57;
/** The last part of the script states no times, but for every third symbol's prices. */
const UNSTATED_FROM = 0.9;
const ALWAYS_STATED = 3;
const HOUR_MS = 3_600_000;

/**
 * Events of the four kinds in the order of their publication: every slug opts in once, early or late; beside it prices,
 * updates (some of portfolios that are not shared), opt-outs and opt-ins again. The same seed gives the same script.
 * @param now UTC milliseconds; stated times go through the hour before, some of them late.
 */
export function portfolioScript(seed: number, size: ScriptSize, now: number): ScriptedEvent[] {
  const writer = new ScriptWriter(seededRandom(seed), size, now);
  return Array.from({ length: size.events }, (_, index) => writer.next(index));
}

class ScriptWriter {
  readonly #random: Random;
  readonly #size: ScriptSize;
  readonly #now: number;
  #begun = 0;

  constructor(random: Random, size: ScriptSize, now: number) {
    this.#random = random;
    this.#size = size;
    this.#now = now;
  }

  next(index: number): ScriptedEvent {
    const { slugs, events } = this.#size;
    // Over the first half of the script everybody appears.
    const due = Math.ceil(((index + 1) * 2 * slugs) / events);
    const at = this.#statedAt(index, false);
    if (this.#begun < Math.min(slugs, due)) return this.#holdings('portfolio.opted_in', this.#begun++, at);
    const chance = this.#random.next();
    if (chance < 0.62) return this.#price(index);
    const slug = this.#random.int(0, Math.max(0, this.#begun - 1));
    if (chance < 0.86) return this.#holdings('portfolio.updated', slug, at);
    if (chance < 0.93) return { family: 'portfolio.opted_out', slug: this.#slug(slug), at };
    return this.#holdings('portfolio.opted_in', slug, at);
  }

  #statedAt(index: number, always: boolean): number | null {
    const progress = index / this.#size.events;
    if (progress >= UNSTATED_FROM && !always) return null;
    const lateBy = this.#random.next() < 0.2 ? this.#random.int(0, 90_000) : 0;
    return this.#now - HOUR_MS + Math.floor(progress * HOUR_MS) - lateBy;
  }

  #slug(number: number): string {
    return `${this.#size.prefix ?? 'p'}-${String(number).padStart(3, '0')}`;
  }

  #holdings(
    family: 'portfolio.opted_in' | 'portfolio.updated',
    number: number,
    at: number | null,
  ): ScriptedEvent {
    const random = this.#random;
    const holdings = Array.from({ length: random.int(0, 8) }, () =>
      this.#holding(random.int(0, SYMBOLS - 1)),
    );
    // The same symbol twice becomes one; in whole numbers and cents, so that its cost does not hang on a rounded average.
    if (random.next() < 0.2) holdings.push(...this.#twice(random.int(0, SYMBOLS - 1)));
    return { family, slug: this.#slug(number), holdings: distinctButTwins(holdings), at };
  }

  #holding(symbol: number): ScriptedHolding {
    const random = this.#random;
    const quantity = `${random.int(0, 500)}.${String(random.int(0, 999)).padStart(3, '0')}`;
    return {
      symbol: this.#spelt(symbol),
      quantity,
      avgPrice: `${random.int(1, 900)}.${random.int(10, 99)}5`,
    };
  }

  #twice(symbol: number): ScriptedHolding[] {
    const random = this.#random;
    return [symbolName(symbol), symbolName(symbol).toLowerCase()].map((name) => ({
      symbol: name,
      quantity: String(random.int(1, 40)),
      avgPrice: `${random.int(1, 900)}.${random.int(10, 99)}`,
    }));
  }

  /** As people write symbols: some in small letters, some with a blank before. */
  #spelt(symbol: number): string {
    const name = symbolName(symbol);
    const chance = this.#random.next();
    if (chance < 0.1) return name.toLowerCase();
    return chance < 0.15 ? ` ${name}` : name;
  }

  #price(index: number): ScriptedEvent {
    const random = this.#random;
    const symbol = random.int(0, UNPRICED_FROM - 1);
    const price = `${random.int(1, 2000)}.${String(random.int(0, 9999)).padStart(4, '0')}`;
    const at = this.#statedAt(index, symbol % ALWAYS_STATED === 0);
    return { family: 'stock.price_updated', symbol: this.#spelt(symbol), price, at };
  }
}

function symbolName(number: number): string {
  return number % 7 === 0 ? `SYM.${number}` : `SYM${number}`;
}

/** Leaves out further holdings of a symbol, except the two at the end that are twins on purpose. */
function distinctButTwins(holdings: readonly ScriptedHolding[]): ScriptedHolding[] {
  const seen = new Set<string>();
  const twins = holdings.slice(-2);
  const isTwin = twins.length === 2 && nameOf(twins[0]) === nameOf(twins[1]);
  const kept = isTwin ? holdings.slice(0, -2) : holdings;
  if (isTwin) seen.add(nameOf(twins[0]));
  const distinct = kept.filter((holding) => {
    const name = nameOf(holding);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
  return isTwin ? [...distinct, ...twins] : distinct;
}

function nameOf(holding: ScriptedHolding | undefined): string {
  return holding?.symbol.trim().toUpperCase() ?? '';
}
