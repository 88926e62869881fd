import { INTERVAL_MS } from '../../../src-contract/ticker.ts';
import type { CandleRecord, SeriesKey, TickerState } from '../../../src-contract/ticker-checkpoint.ts';
import { foldCandles } from './candle-fold.ts';

/** Minutes of a spark. */
export const SPARK_POINTS = 60;

/** The closing price of a minute, and the price it is: of prices of one minute the latest counts. */
interface Closing {
  minute: number;
  close: number;
  at: number;
  id: number;
}

/** The closing prices of one series, oldest first. */
interface Spark {
  source: string;
  currency: string | null;
  closings: Closing[];
}

/** The last hour of the watched symbols, minute by minute and series by series. */
export class TickerSparks {
  readonly #bySymbol = new Map<string, Spark[]>();
  readonly #isWatched: (symbol: string) => boolean;

  /** @param isWatched of other symbols nothing is kept. */
  constructor(isWatched: (symbol: string) => boolean) {
    this.#isWatched = isWatched;
  }

  /** Puts stored minutes under what is known since. */
  load(sparks: TickerState['sparks']): void {
    for (const { series, points } of sparks) {
      const stored = points.map(({ minute, close, closeAt, closeId }) => ({
        minute,
        close,
        at: closeAt,
        id: closeId,
      }));
      this.#put(series, stored);
    }
  }

  /** Takes the seconds of a series; answers whether its spark changed. */
  take(series: SeriesKey, seconds: readonly CandleRecord[]): boolean {
    if (!this.#isWatched(series.symbol)) return false;
    const minutes = foldCandles(seconds, INTERVAL_MS['1m']);
    this.#put(
      series,
      minutes.map(({ start, close, closeAt, closeId }) => ({
        minute: start,
        close,
        at: closeAt,
        id: closeId,
      })),
    );
    return true;
  }

  /** Forgets what is not watched any more. */
  prune(): void {
    for (const symbol of this.#bySymbol.keys()) if (!this.#isWatched(symbol)) this.#bySymbol.delete(symbol);
  }

  /**
   * The closing prices of the hour before and with the newest minute, oldest first, of every minute that of the first
   * source that has it.
   * @param sources of these alone.
   * @param isIn whether prices in a currency count (null: in the base currency); of different ones there is no line.
   */
  points(symbol: string, sources: readonly string[], isIn: (currency: string | null) => boolean): number[] {
    const sparks = (this.#bySymbol.get(symbol) ?? [])
      .filter(({ source, currency }) => sources.includes(source) && isIn(currency))
      .sort((a, b) => sources.indexOf(a.source) - sources.indexOf(b.source));
    const minutes = new Map<number, number>();
    for (const { closings } of sparks) {
      for (const { minute, close } of closings) if (!minutes.has(minute)) minutes.set(minute, close);
    }
    const newest = Math.max(...minutes.keys());
    return [...minutes]
      .filter(([minute]) => minute > newest - SPARK_POINTS * INTERVAL_MS['1m'])
      .sort(([a], [b]) => a - b)
      .map(([, close]) => close);
  }

  #put(key: SeriesKey, closings: readonly Closing[]): void {
    const spark = this.#of(key);
    const merged = new Map(spark.closings.map((closing) => [closing.minute, closing]));
    for (const closing of closings) {
      const known = merged.get(closing.minute);
      if (known === undefined || isLater(closing, known)) merged.set(closing.minute, closing);
    }
    spark.closings = [...merged.values()].sort((a, b) => a.minute - b.minute).slice(-SPARK_POINTS);
  }

  #of({ symbol, source, currency }: SeriesKey): Spark {
    const sparks = this.#bySymbol.get(symbol) ?? [];
    this.#bySymbol.set(symbol, sparks);
    const known = sparks.find((spark) => spark.source === source && spark.currency === currency);
    if (known !== undefined) return known;
    const spark: Spark = { source, currency, closings: [] };
    sparks.push(spark);
    return spark;
  }
}

function isLater(a: Closing, b: Closing): boolean {
  return a.at > b.at || (a.at === b.at && a.id > b.id);
}
