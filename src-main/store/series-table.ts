import type { SeriesKey } from '../../src-contract/ticker-checkpoint.ts';
import type { Statements } from './statements.ts';

/** A series of prices with the number by which candles name it. */
export interface StoredSeries extends SeriesKey {
  id: number;
}

/** The number of a series, which is added when it is new. */
export function seriesId(sql: Statements, env: number, { source, symbol, currency }: SeriesKey): number {
  const found = sql.row<{ id: number }>(
    'SELECT id FROM series WHERE env = ? AND symbol = ? AND source = ? AND currency = ?',
    env,
    symbol,
    source,
    currency ?? '',
  );
  if (found !== undefined) return found.id;
  sql.run(
    'INSERT INTO series (env, symbol, source, currency) VALUES (?, ?, ?, ?)',
    env,
    symbol,
    source,
    currency ?? '',
  );
  return seriesId(sql, env, { source, symbol, currency });
}

/** Every series of an environment, by symbol. */
export function readSeries(sql: Statements, env: number): StoredSeries[] {
  return sql.rows<StoredSeries>(
    `SELECT id, source, symbol, nullif(currency, '') AS currency FROM series WHERE env = ?
      ORDER BY symbol, source, currency`,
    env,
  );
}

/** The series of one symbol: one for each source and currency. */
export function readSeriesOf(sql: Statements, env: number, symbol: string): StoredSeries[] {
  return sql.rows<StoredSeries>(
    `SELECT id, source, symbol, nullif(currency, '') AS currency FROM series WHERE env = ? AND symbol = ?
      ORDER BY source, currency`,
    env,
    symbol,
  );
}
