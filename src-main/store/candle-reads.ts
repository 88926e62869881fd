import { CANDLE_LEVELS, type SourcedCandle } from '../../src-contract/ticker-checkpoint.ts';
import type { CandleQuery } from './port.ts';
import { readSeriesOf, type StoredSeries } from './series-table.ts';
import type { Statements } from './statements.ts';

/**
 * Candles of one series of a symbol, oldest first: of every interval that of the first source that has it, all in one
 * currency. `earlier`: there are some before the first of them.
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

/** The first source first; what names no currency before what names the base currency. */
function chosenSeries(sql: Statements, env: number, query: CandleQuery): StoredSeries[] {
  const { sources, currency, base } = query;
  const place = ({ source }: StoredSeries): number => sources.indexOf(source);
  return readSeriesOf(sql, env, query.symbol)
    .filter((one) => place(one) !== -1 && (one.currency ?? base) === currency)
    .sort((a, b) => place(a) - place(b));
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
