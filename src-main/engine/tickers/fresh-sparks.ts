import { INTERVAL_MS } from '../../../src-contract/ticker.ts';
import type { SeriesKey, SourcedCandle, TickerState } from '../../../src-contract/ticker-checkpoint.ts';
import { startOf } from '../../projections/tickers/candle-fold.ts';
import { SPARK_POINTS } from '../../projections/tickers/ticker-sparks.ts';
import type { ReaderPort, Remote } from '../../store/port.ts';

const MINUTE = INTERVAL_MS['1m'];

/** How far back the small charts of watched symbols reach, in milliseconds. */
export const SPARK_MS = SPARK_POINTS * MINUTE;

/** What the last hour of freshly watched symbols is read from, and for whom. */
export interface FreshSparksOptions {
  env: string;
  reader: Pick<Remote<ReaderPort>, 'candles'>;
  /** The series of a symbol's quotes: what its small chart may show now or when another quote is in use. */
  series: (symbol: string) => readonly Pick<SeriesKey, 'source' | 'currency'>[];
  /** The base currency. */
  base: () => string;
  /** Writes the candles of all prices so far. */
  checkpoint: () => Promise<void>;
  load: (symbol: string, sparks: TickerState['sparks']) => void;
  /** Of a symbol that is not watched any more nothing is read. */
  isWatched: (symbol: string) => boolean;
  /** UTC milliseconds. */
  now: () => number;
}

/** Reads the stored last hour of symbols that are watched from now on, one after the other. Rejects when the store does. */
export async function fillSparks(symbols: readonly string[], options: FreshSparksOptions): Promise<void> {
  const { series, checkpoint, load, isWatched, now } = options;
  if (!symbols.some(isWatched)) return;
  await checkpoint();
  for (const symbol of symbols) {
    if (!isWatched(symbol)) continue;
    const time = now();
    const minutes = await Promise.all(series(symbol).map((one) => minutesOf(symbol, one, time, options)));
    if (isWatched(symbol)) load(symbol, sparksOf(symbol, minutes.flat(), startOf(time, MINUTE)));
  }
}

async function minutesOf(
  symbol: string,
  { source, currency }: Pick<SeriesKey, 'source' | 'currency'>,
  time: number,
  { env, reader, base }: FreshSparksOptions,
): Promise<SourcedCandle[]> {
  const { items } = await reader.candles({
    ...{ env, symbol, level: '1m', sources: [source], currency: currency ?? base(), base: base() },
    ...{ from: time - SPARK_MS, to: time + SPARK_MS, limit: SPARK_POINTS },
  });
  return items;
}

/** A minute that is over counts as closed at its end; that of `running` and later ones give way to every price to come. */
function sparksOf(symbol: string, candles: readonly SourcedCandle[], running: number): TickerState['sparks'] {
  const bySeries = Map.groupBy(candles, ({ source, currency }) => JSON.stringify([source, currency]));
  return [...bySeries.values()].map((minutes) => ({
    series: { symbol, source: minutes[0]?.source ?? '', currency: minutes[0]?.currency ?? null },
    points: minutes.map(({ start, close }) => ({
      minute: start,
      close,
      closeAt: start < running ? start + MINUTE : start,
      closeId: 0,
    })),
  }));
}
