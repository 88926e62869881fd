import {
  CANDLE_LEVELS,
  type CandleColumns,
  type CandleLevelName,
  type TickerCheckpoint,
} from '../../src-contract/ticker-checkpoint.ts';
import { moveCheckpoint } from './checkpoint-table.ts';
import { environmentId } from './environment-table.ts';
import { seriesId } from './series-table.ts';
import type { Statements, Value } from './statements.ts';

/** Rows of one statement. */
const WIDTH = 20;

/** Names of the levels by their numbers, in the order of the numbers. */
export const LEVEL_NAMES = Object.keys(CANDLE_LEVELS) as CandleLevelName[];

/**
 * Merges the candles of a checkpoint into the stored ones, and stores how far the ticker projection has read. Called
 * inside a transaction. Throws a RangeError for a checkpoint that lies before the stored one.
 */
export function writeTickerCheckpoint(
  sql: Statements,
  { env, batch, series, candles }: TickerCheckpoint,
): void {
  const environment = environmentId(sql, env);
  moveCheckpoint(sql, environment, 'tickers', batch);
  const ids = series.map((key) => seriesId(sql, environment, key));
  const added = LEVEL_NAMES.map(() => 0);
  for (let from = 0; from < candles.count; from += WIDTH) {
    mergeRows(sql, ids, candles, from, Math.min(from + WIDTH, candles.count), added);
  }
  for (const [index, name] of LEVEL_NAMES.entries()) countCandles(sql, name, added[index] ?? 0);
}

/** Adds to, or takes from, the number of a level's rows. */
export function countCandles(sql: Statements, level: CandleLevelName, more: number): void {
  if (more === 0) return;
  sql.run('UPDATE candle_level SET rows = rows + ? WHERE level = ?', more, CANDLE_LEVELS[level]);
}

function mergeRows(
  sql: Statements,
  ids: readonly number[],
  candles: CandleColumns,
  from: number,
  to: number,
  added: number[],
): void {
  const values: Value[] = [];
  for (let index = from; index < to; index += 1) pushRow(values, ids, candles, index);
  const ticks = sql
    .bulk(upsert(to - from))
    .pluck()
    .all(values) as number[];
  // A row that answers as many ticks as it was given had none before: it is new.
  for (const [offset, stored] of ticks.entries()) {
    const level = (candles.level[from + offset] ?? 0) - 1;
    if (stored === candles.ticks[from + offset]) added[level] = (added[level] ?? 0) + 1;
  }
}

function pushRow(values: Value[], ids: readonly number[], candles: CandleColumns, index: number): void {
  const at = (column: ArrayLike<number>): number => column[index] ?? 0;
  const start = at(candles.start);
  const ticks = at(candles.ticks);
  values.push(
    at(candles.level),
    ids[at(candles.seriesIndex)] ?? 0,
    start,
    at(candles.open),
    at(candles.openAt) - start,
    at(candles.openId),
    ticks,
  );
  if (ticks === 1) values.push(null, null, null, null, null);
  else
    values.push(
      at(candles.high),
      at(candles.low),
      at(candles.close),
      at(candles.closeAt) - start,
      at(candles.closeId),
    );
}

const EARLIER = '(excluded.open_after, excluded.open_id) < (open_after, open_id)';
const LATER = `(coalesce(excluded.close_after, excluded.open_after), coalesce(excluded.close_id, excluded.open_id))
  > (coalesce(close_after, open_after), coalesce(close_id, open_id))`;

/** Inserts `rows` candles, or merges them into what is there; answers the ticks of each, in order. */
function upsert(rows: number): string {
  return `INSERT INTO candle (level, series, start, open, open_after, open_id, ticks, high, low, close, close_after, close_id)
    VALUES ${Array(rows).fill('(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}
    ON CONFLICT DO UPDATE SET
      open = iif(${EARLIER}, excluded.open, open),
      open_after = iif(${EARLIER}, excluded.open_after, open_after),
      open_id = iif(${EARLIER}, excluded.open_id, open_id),
      ticks = ticks + excluded.ticks,
      high = max(coalesce(high, open), coalesce(excluded.high, excluded.open)),
      low = min(coalesce(low, open), coalesce(excluded.low, excluded.open)),
      close = iif(${LATER}, coalesce(excluded.close, excluded.open), coalesce(close, open)),
      close_after = iif(${LATER}, coalesce(excluded.close_after, excluded.open_after), coalesce(close_after, open_after)),
      close_id = iif(${LATER}, coalesce(excluded.close_id, excluded.open_id), coalesce(close_id, open_id))
    RETURNING ticks`;
}
