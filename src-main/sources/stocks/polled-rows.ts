import type { StreamIntake } from '../../../src-contract/intake.ts';
import type { Clock } from '../../lib/clock.ts';
import type { BadRow, GoodRow } from './quote-row.ts';
import { RecentTimes } from './recent-times.ts';
import type { StockQuote } from './stock-source-options.ts';

const SUBJECT = 'stock.price_updated';
/** Bad rows of one answer that are handed on to be listed; more are only counted. */
const MAX_LISTED_REJECTS = 100;
/** Symbols remembered as known to the API; later ones are not. */
const MAX_KNOWN = 5000;

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

  /** Takes one answer; answers the quotes that are new. */
  take(rows: readonly (GoodRow | BadRow)[], asked: ReadonlySet<string>): StockQuote[] {
    const fresh: StockQuote[] = [];
    let listed = 0;
    for (const row of rows) {
      if (!row.ok) {
        this.rejected += 1;
        this.lastReject = row.reason;
        if (listed++ < MAX_LISTED_REJECTS) this.#offer(row.body, true);
      } else if (this.#isAskedFor(row.quote.symbol, asked)) {
        this.accepted += 1;
        const isNew = this.#recent.take(row.quote.symbol, row.quote.asOf);
        this.#offer(row.body, isNew);
        if (isNew) fresh.push(row.quote);
      }
    }
    return fresh;
  }

  /** Forgets what came of symbols that are not wanted any more. */
  keep(wanted: ReadonlySet<string>): void {
    this.#recent.keep(wanted);
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
