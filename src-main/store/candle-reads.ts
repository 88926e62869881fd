import { CANDLE_LEVELS, type SourcedCandle } from '../../src-contract/ticker-checkpoint.ts';
import type { CandleQuery } from './port.ts';
import { readSeriesOf, type StoredSeries } from './series-table.ts';
import type { Statements } from './statements.ts';

/** Series of one symbol that a query looks at: more sources and currencies than any symbol has. */
const MOST_SERIES = 16;

/**
 * Candles of a symbol, oldest first: of every interval that of the most preferred source that has it. All are in one
 * currency, that of the newest day's most preferred source. `earlier`: there are some before the first of them.
 */
export function readCandles(
  sql: Statements,
  env: number,
  query: CandleQuery,
): { items: SourcedCandle[]; earlier: boolean } {
  const series = chosenSeries(sql, env, query);
  const byStart = new Map<number, SourcedCandle>();
  for (const one of series) {
    for (const candle of newestOf(sql, one, query)) {
      if (!byStart.has(candle.start)) byStart.set(candle.start, candle);
    }
  }
  const sorted = series.length === 1 ? [...byStart.values()] : newestFirst(byStart.values());
  const items = sorted.slice(0, query.limit).reverse();
  const before = items[0]?.start ?? query.to;
  return { items, earlier: series.some((one) => hasBefore(sql, one, query, before)) };
}

/** The most preferred first. */
function chosenSeries(sql: Statements, env: number, query: CandleQuery): StoredSeries[] {
  const rank = ({ source }: StoredSeries): number => {
    const place = query.preference.indexOf(source);
    return place < 0 ? query.preference.length : place;
  };
  const series = readSeriesOf(sql, env, query.symbol)
    .filter(({ source }) => query.source === null || source === query.source)
    .sort((a, b) => rank(a) - rank(b));
  const currencyOf = ({ currency }: StoredSeries): string => currency ?? query.base;
  const currencies = new Set(series.map(currencyOf));
  if (currencies.size < 2) return series.slice(0, MOST_SERIES);
  const currency = currencyOf(newestSeries(sql, series));
  return series.filter((one) => currencyOf(one) === currency).slice(0, MOST_SERIES);
}

/** By days, so that sources of different currencies that tick in turn do not take turns. */
function newestSeries(sql: Statements, series: readonly StoredSeries[]): StoredSeries {
  const days = series.map((one) => ({ one, day: newestDay(sql, one.id) }));
  return days.reduce((newest, other) => (other.day > newest.day ? other : newest)).one;
}

function newestDay(sql: Statements, series: number): number {
  return (
    sql.row<{ start: number | null }>(
      'SELECT max(start) AS start FROM candle WHERE level = ? AND series = ?',
      CANDLE_LEVELS['1d'],
      series,
    )?.start ?? 0
  );
}

type CandleRow = [start: number, open: number, high: number, low: number, close: number, ticks: number];

function newestOf(
  sql: Statements,
  { id, source, currency }: StoredSeries,
  query: CandleQuery,
): SourcedCandle[] {
  // Rows as arrays: as objects they take half as long again.
  const rows = sql
    .bulk(
      `SELECT start, open, coalesce(high, open), coalesce(low, open), coalesce(close, open), ticks FROM candle
        WHERE level = ? AND series = ? AND start >= ? AND start < ? ORDER BY start DESC LIMIT ?`,
    )
    .raw()
    .all([CANDLE_LEVELS[query.level], id, query.from, query.to, query.limit]) as CandleRow[];
  return rows.map(([start, open, high, low, close, ticks]) => ({
    start,
    open,
    high,
    low,
    close,
    ticks,
    source,
    currency,
  }));
}

function newestFirst(candles: Iterable<SourcedCandle>): SourcedCandle[] {
  return [...candles].sort((a, b) => b.start - a.start);
}

function hasBefore(sql: Statements, { id }: StoredSeries, { level }: CandleQuery, start: number): boolean {
  return (
    sql.row(
      'SELECT 1 FROM candle WHERE level = ? AND series = ? AND start < ? LIMIT 1',
      CANDLE_LEVELS[level],
      id,
      start,
    ) !== undefined
  );
}
