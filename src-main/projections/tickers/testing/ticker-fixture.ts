import { EVENT_KINDS } from '../../../../src-contract/event-kinds.ts';
import { journalId, type JournalEvent } from '../../../../src-contract/journal.ts';
import type { TickerState } from '../../../../src-contract/ticker-checkpoint.ts';
import { TickerProjection } from '../ticker-projection.ts';

/** 21 November 2026, 09:30:00 UTC. */
export const START = Date.UTC(2026, 10, 21, 9, 30);

/** A price as a source says it. */
export interface Said {
  symbol: string;
  price: number;
  at: number;
  source?: string;
  currency?: string | null;
}

/** A projection with a set of watched symbols, and what its listener was told. */
export class TickerFixture {
  readonly told: string[] = [];
  /** The earliest times it was told with prices. */
  readonly earliest: number[] = [];
  readonly watched: Set<string>;
  readonly projection: TickerProjection;
  #seq = 0;

  constructor(
    state: TickerState = { batch: 0, newest: [], sparks: [] },
    watched: Iterable<string> = ['A', 'B'],
  ) {
    this.watched = new Set(watched);
    this.projection = new TickerProjection({
      env: 'dev',
      state,
      listener: {
        priceChanged: (symbol, earliest) => {
          this.told.push(`price ${symbol}`);
          this.earliest.push(earliest);
        },
        sparkChanged: (symbol) => this.told.push(`spark ${symbol}`),
      },
      isWatched: (symbol) => this.watched.has(symbol),
    });
  }

  /** Applies prices as one batch. */
  say(...prices: Said[]): void {
    this.projection.apply(
      this.projection.batch + 1,
      prices.map((price) => this.event(price)),
    );
  }

  event({ symbol, price, at, source = 'nats', currency = null }: Said): JournalEvent {
    return {
      id: journalId(1, ++this.#seq),
      kind: EVENT_KINDS['stock.price_updated'],
      source,
      occurredAt: at,
      receivedAt: at + 5,
      body: { symbol, price, ...(currency === null ? {} : { currency }) },
    };
  }
}
