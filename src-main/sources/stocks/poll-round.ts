import { BreakerOpenError } from './breaker-open-error.ts';
import type { PollBreaker } from './poll-breaker.ts';
import { BATCH_SYMBOLS } from './poll-interval.ts';
import type { PolledRows } from './polled-rows.ts';
import { readQuotes } from './quote-list.ts';
import { RateLimitedError } from './rate-limited-error.ts';
import { StockApiError } from './stock-api-error.ts';
import type { StockHttp } from './stock-http.ts';
import type { StockQuote } from './stock-source-options.ts';

/** What one poll works with. */
export interface PollRoundOptions {
  readonly symbols: Iterable<string>;
  readonly http: StockHttp;
  readonly breaker: PollBreaker;
  readonly rows: PolledRows;
  /** Whether the store takes more. */
  readonly hasRoom: () => boolean;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** A call is about to be made. */
  readonly onCall: () => void;
  readonly signal: AbortSignal;
}

/** What became of one poll. */
export interface PollRound {
  /** Quotes that are new. */
  readonly quotes: StockQuote[];
  /** Calls that were answered with prices. */
  answered: number;
  /** What they held. */
  readonly answer: { asked: number; rows: number; accepted: number; rejected: number; missing: string[] };
  /** What was wrong last; null: nothing. */
  failure: string | null;
  /** The answer 429 that ended it; null: there was none. */
  limited: RateLimitedError | null;
}

/**
 * Asks for symbols in batches, one after the other, through the breaker. A batch that fails does not keep the next one from
 * being asked for; an answer 429 and an open breaker do. Rejects with the signal's reason once that is aborted, and with
 * whatever is not a failure of the API.
 */
export async function pollRound(options: PollRoundOptions): Promise<PollRound> {
  const answer = { asked: 0, rows: 0, accepted: 0, rejected: 0, missing: [] };
  const round: PollRound = { quotes: [], answered: 0, answer, failure: null, limited: null };
  for (const batch of batchesOf(options.symbols)) {
    if (!options.hasRoom()) break;
    try {
      await askFor(batch, options, round);
      round.answered += 1;
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof BreakerOpenError) break;
      if (!(error instanceof StockApiError) && !(error instanceof RateLimitedError)) throw error;
      round.failure = error.message;
      if (error instanceof RateLimitedError) {
        round.limited = error;
        break;
      }
    }
  }
  return round;
}

async function askFor(
  batch: readonly string[],
  options: PollRoundOptions,
  { quotes, answer: sum }: PollRound,
): Promise<void> {
  const { http, breaker, rows, now, onCall, signal } = options;
  const answer = await breaker.call(async () => {
    onCall();
    return readQuotes(await http.fetch(batch, signal), now());
  }, signal);
  // Outside of the breaker: a store that fails is no failure of the API.
  const { fresh, accepted, rejected, missing } = rows.take(answer, new Set(batch));
  quotes.push(...fresh);
  sum.asked += batch.length;
  sum.rows += answer.length;
  sum.accepted += accepted;
  sum.rejected += rejected;
  sum.missing.push(...missing);
}

function batchesOf(symbols: Iterable<string>): string[][] {
  const all = [...symbols];
  const count = Math.ceil(all.length / BATCH_SYMBOLS);
  return Array.from({ length: count }, (_, index) =>
    all.slice(index * BATCH_SYMBOLS, (index + 1) * BATCH_SYMBOLS),
  );
}
