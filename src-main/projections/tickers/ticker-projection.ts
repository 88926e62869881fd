import type { PriceBody } from '../../../src-contract/event-bodies.ts';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import type { CandleIntervalName } from '../../../src-contract/ticker.ts';
import type { CandleRecord, TickerCheckpoint, TickerState } from '../../../src-contract/ticker-checkpoint.ts';
import { CandleBook, type Series } from './candle-book.ts';
import { candleColumns } from './candle-columns.ts';
import { TickerSparks } from './ticker-sparks.ts';

/** Who is told what changed. */
export interface TickerListener {
  /** Prices of the symbol came, the earliest of this time in UTC milliseconds: its quote, its candles. */
  priceChanged(symbol: string, earliest: number): void;
  sparkChanged(symbol: string): void;
}

/** What the projection is made of and with. */
export interface TickerProjectionOptions {
  env: string;
  state: TickerState;
  listener: TickerListener;
  /** Whether sparks of a symbol are kept. */
  isWatched: (symbol: string) => boolean;
}

/** The newest candles of a symbol in an interval. */
export interface LiveCandles {
  source: string;
  currency: string | null;
  /** At most two, ascending. */
  candles: CandleRecord[];
}

/** Candles of every series of prices: a fold over the journal, in whatever order prices come. */
export class TickerProjection {
  readonly book = new CandleBook();
  readonly sparks: TickerSparks;
  readonly #env: string;
  readonly #listener: TickerListener;
  /** Series with prices in this batch. */
  #dirty: Series[] = [];
  #batch: number;
  #writtenBatch: number;

  constructor({ env, state, listener, isWatched }: TickerProjectionOptions) {
    this.#env = env;
    this.#listener = listener;
    this.#batch = state.batch;
    this.#writtenBatch = state.batch;
    this.sparks = new TickerSparks(isWatched);
    this.book.load(state);
    this.sparks.load(state.sparks);
  }

  /** Number of the last batch that was applied. */
  get batch(): number {
    return this.#batch;
  }

  /** Applies one committed batch; one that was applied before changes nothing. */
  apply(batch: number, events: readonly JournalEvent[]): void {
    if (batch <= this.#batch) return;
    for (const event of events) {
      if (event.kind === EVENT_KINDS['stock.price_updated'] && event.body !== null) {
        this.#take(event, event.body as PriceBody);
      }
    }
    this.#batch = batch;
    this.#tellPrices();
  }

  /** What came since the checkpoint before, to be merged into what is stored; null when there is nothing to say. */
  takeCheckpoint(): TickerCheckpoint | null {
    if (this.#batch === this.#writtenBatch) return null;
    this.#writtenBatch = this.#batch;
    const settled = this.book.settle();
    this.sparks.prune();
    for (const { key, seconds } of settled) {
      if (this.sparks.take(key, seconds)) this.#listener.sparkChanged(key.symbol);
    }
    return {
      env: this.#env,
      batch: this.#batch,
      series: settled.map(({ key }) => key),
      candles: candleColumns(settled),
    };
  }

  /**
   * The newest candles of a symbol: those of the source that is in use.
   * @param use source and currency of the quote in use; null when there is none.
   */
  live(
    symbol: string,
    interval: CandleIntervalName,
    use: { source: string; currency: string | null } | null,
  ): LiveCandles | null {
    const series = this.#used(symbol, use);
    if (series === null) return null;
    const candles = this.book.live(series, interval);
    return {
      source: series.key.source,
      currency: series.key.currency,
      candles,
    };
  }

  #used(symbol: string, use: { source: string; currency: string | null } | null): Series | null {
    if (use === null) return null;
    const of = (series: Series) => series.key.source === use.source && series.key.currency === use.currency;
    return this.book.series(symbol).find(of) ?? null;
  }

  #take(event: JournalEvent, { symbol, currency, price }: PriceBody): void {
    const key = { symbol, source: event.source, currency: currency ?? null };
    const series = this.book.take(key, event.occurredAt, event.id, price);
    if (series === null) return;
    if (series.earliest === Infinity) this.#dirty.push(series);
    if (event.occurredAt < series.earliest) series.earliest = event.occurredAt;
  }

  #tellPrices(): void {
    const earliest = new Map<string, number>();
    for (const series of this.#dirty) {
      const { symbol } = series.key;
      earliest.set(symbol, Math.min(series.earliest, earliest.get(symbol) ?? Infinity));
      series.earliest = Infinity;
    }
    this.#dirty = [];
    for (const [symbol, at] of earliest) this.#listener.priceChanged(symbol, at);
  }
}
