import { MAX_REVISIONS, type CandleRevision } from '../../../src-contract/ticker.ts';
import { toTimestamp } from '../../../src-contract/timestamp.ts';
import { paramsText } from '../../router/publisher.ts';

/**
 * Which older candles late prices have changed, feed by feed, while somebody reads it. A reader may miss any number of these
 * changes on its way; whichever it saw last, the first one after that names the earliest candle it has to ask for again.
 */
export class CandleRevisions {
  #byFeed = new Map<string, readonly CandleRevision[]>();
  #count = 0;

  /** The revisions of the feed with these parameters, oldest first. */
  of(params: object): readonly CandleRevision[] {
    return this.#byFeed.get(paramsText(params)) ?? [];
  }

  /** Candles from this time on were changed, UTC milliseconds. */
  note(params: object, from: number): void {
    this.#count += 1;
    const last = { revision: this.#count, since: toTimestamp(from) };
    // Whoever missed one that begins later has missed this one too.
    const before = this.of(params).filter(({ since }) => Date.parse(since) < from);
    this.#byFeed.set(paramsText(params), bounded([...before, last]));
  }

  /** Forgets all other feeds: nobody reads them any more. */
  keep(open: Iterable<object>): void {
    const kept = [...open].map((params) => [paramsText(params), this.of(params)] as const);
    this.#byFeed = new Map(kept.filter(([, revisions]) => revisions.length > 0));
  }
}

function bounded(revisions: CandleRevision[]): CandleRevision[] {
  const [first, second, ...others] = revisions;
  if (revisions.length <= MAX_REVISIONS || first === undefined || second === undefined) return revisions;
  return [{ revision: second.revision, since: first.since }, ...others];
}
