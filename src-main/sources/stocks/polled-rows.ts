import type { StreamIntake } from '../../../src-contract/intake.ts';
import { normalizeSymbol } from '../../../src-contract/instrument.ts';
import type { Clock } from '../../lib/clock.ts';
import type { BadRow, GoodRow } from './quote-row.ts';
import { RecentTimes } from './recent-times.ts';
import type { StockQuote } from './stock-source-options.ts';

const SUBJECT = 'stock.price_updated';
/** Bad rows of one answer that are handed on to be listed; more are only counted. */
const MAX_LISTED_REJECTS = 100;
/** Symbols remembered as known to the API; later ones are not. */
const MAX_KNOWN = 5000;

/** What became of the rows of one answer. */
export interface TakenRows {
  /** Quotes that are new. */
  fresh: StockQuote[];
  /** Rows with a quote that was asked for, repeated ones included. */
  accepted: number;
  rejected: number;
  /** What was asked for and is named by no row. */
  missing: string[];
}

/** Hands the rows of answers to the intake, and counts them. */
export class PolledRows {
  /** Rows that hold a quote that was asked for, repeated ones included. */
  accepted = 0;
  rejected = 0;
  /** Rows of symbols that were not asked for. */
  ignored = 0;
  /** Why the latest bad row was rejected. */
  lastReject: string | null = null;
  readonly known = new Set<string>();
  readonly #stream: StreamIntake;
  readonly #clock: Clock;
  readonly #recent: RecentTimes;
  readonly #encoder = new TextEncoder();

  constructor(stream: StreamIntake, clock: Clock, lastAsOf: (symbol: string) => number | null) {
    this.#stream = stream;
    this.#clock = clock;
    this.#recent = new RecentTimes(lastAsOf);
  }

  /** Takes one answer. */
  take(rows: readonly (GoodRow | BadRow)[], asked: ReadonlySet<string>): TakenRows {
    const taken: TakenRows = { fresh: [], accepted: 0, rejected: 0, missing: [] };
    const named = new Set<string>();
    for (const row of rows) {
      if (row.ok) {
        named.add(row.quote.symbol);
        this.#takeQuote(row, asked, taken);
      } else {
        named.add(symbolIn(row.body));
        this.#reject(row, taken);
      }
    }
    this.accepted += taken.accepted;
    this.rejected += taken.rejected;
    taken.missing = [...asked].filter((symbol) => !named.has(symbol));
    return taken;
  }

  /** Forgets what came of symbols that are not wanted any more. */
  keep(wanted: ReadonlySet<string>): void {
    this.#recent.keep(wanted);
  }

  #takeQuote({ quote, body }: GoodRow, asked: ReadonlySet<string>, taken: TakenRows): void {
    if (!this.#isAskedFor(quote.symbol, asked)) return;
    taken.accepted += 1;
    const isNew = this.#recent.take(quote.symbol, quote.asOf);
    this.#offer(body, isNew);
    if (isNew) taken.fresh.push(quote);
  }

  #reject({ reason, body }: BadRow, taken: TakenRows): void {
    taken.rejected += 1;
    this.lastReject = reason;
    if (taken.rejected <= MAX_LISTED_REJECTS) this.#offer(body, true);
  }

  #isAskedFor(symbol: string, asked: ReadonlySet<string>): boolean {
    if (this.known.size < MAX_KNOWN) this.known.add(symbol);
    if (asked.has(symbol)) return true;
    this.ignored += 1;
    return false;
  }

  /** A sequence that was offered before makes the intake count the row as repeated. */
  #offer(body: unknown, isNew: boolean): void {
    const seq = this.#stream.offeredSeq + (isNew ? 1 : 0);
    this.#stream.offer(SUBJECT, seq, this.#clock.now(), this.#encoder.encode(JSON.stringify(body)));
  }
}

/** The symbol that a bad row names; empty where it names none. */
function symbolIn(body: unknown): string {
  const { symbol } = (body ?? {}) as { symbol?: unknown };
  return typeof symbol === 'string' ? (normalizeSymbol(symbol) ?? '') : '';
}
