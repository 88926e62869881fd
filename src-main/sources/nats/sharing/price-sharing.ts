import type { Sharing } from '../../../../src-contract/polling.ts';
import type { Stoppable } from '../../../lib/disposables.ts';

/** A polled price to be handed to the other instances. */
export interface SharedQuote {
  /** Normalised, such as `AAPL` or `SAP@XETR`. */
  readonly symbol: string;
  readonly price: number;
  /** In percent; null where the provider says none. */
  readonly changePercent: number | null;
  /** ISO code; null: the base currency. */
  readonly currency: string | null;
  /** The provider's timestamp in UTC milliseconds. */
  readonly asOf: number;
}

/**
 * Whether this instance could poll for all: `ready` while its breaker is closed; `probing` while the breaker is open or
 * half-open by itself, so that a call now and then would tell whether the API is back; `unable` when it would not call at
 * all, being tripped by hand or without an address to poll.
 */
export type PollReadiness = 'ready' | 'probing' | 'unable';

/** Sharing of one environment's polling with the other instances on the same NATS. */
export interface PriceSharing extends Stoppable {
  /** How it stands now. */
  sharing(): Sharing;
  /**
   * Whether this instance may poll at this moment: it holds the lease, or sharing is impossible and every instance polls
   * for itself. Ask right before each poll: it can end without any event, when the lease could not be renewed.
   */
  mayPoll(): boolean;
  /** What the other instances watch, while this one leads; at most `MAX_OTHERS_WATCHED` symbols, sorted. */
  othersWatched(): readonly string[];
  /**
   * Publishes what was polled as `{env}.stock.price_updated` while this instance leads. Never waits: what cannot be sent
   * is counted and said in `sharing().detail`. Hand over what is committed: reading one's own message back only confirms.
   */
  publish(quotes: Iterable<SharedQuote>): void;
  /** The symbols watched here have changed: tells the others soon. */
  watchedChanged(): void;
  /** The breaker has changed its state: gives the lease up or competes for it at once. */
  readinessChanged(): void;
  /**
   * Calls back when `sharing()` answers otherwise, with true when `mayPoll()` or `othersWatched()` do too; returns what
   * stops that.
   */
  onChange(listener: (polling: boolean) => void): () => void;
  /** Gives the lease up and takes its watched symbols back, within a second. */
  stop(): Promise<void>;
}
