import { INTERVAL_MS } from '../../src-contract/ticker.ts';
import { CANDLE_LEVELS, type CandleLevelName } from '../../src-contract/ticker-checkpoint.ts';
import { countCandles, LEVEL_NAMES } from './candle-writes.ts';
import { inTransaction } from './database.ts';
import type { CandleLimits } from './port.ts';
import type { Statements } from './statements.ts';

/** A slice is over after this time, so that commits do not wait longer. */
const SLICE_MS = 20;

/** Intervals of one step: of so many, from the oldest on, rows go in any order. */
const STEP_INTERVALS = 60;

/** Rows of one transaction. */
const ROWS_PER_STEP = 1_000;

/** What a row takes in the file: a candle of one price 44 bytes, and 82 otherwise. Most of one second have one. */
const ROW_BYTES: Readonly<Record<CandleLevelName, number>> = { '1s': 60, '1m': 82, '1h': 82, '1d': 82 };

/** Levels whose newest candle stays for good: it is what is known of an instrument that no longer moves. */
const NEWEST_STAYS: readonly CandleLevelName[] = ['1h', '1d'];

/** Number of stored candles of each level. Counts no rows. */
export function candleRows(sql: Statements): Record<CandleLevelName, number> {
  const rows = new Map(
    sql
      .rows<{ level: number; rows: number }>('SELECT level, rows FROM candle_level')
      .map((row) => [row.level, row.rows]),
  );
  const of = (level: CandleLevelName): number => rows.get(CANDLE_LEVELS[level]) ?? 0;
  return { '1s': of('1s'), '1m': of('1m'), '1h': of('1h'), '1d': of('1d') };
}

/** About how many bytes of the file the candles take. */
export function candleBytes(sql: Statements): number {
  const rows = candleRows(sql);
  return LEVEL_NAMES.reduce((bytes, level) => bytes + rows[level] * ROW_BYTES[level], 0);
}

/** A series that has something to lose: the start of its oldest candle, and of the first one that stays whatever happens. */
interface Head {
  series: number;
  oldest: number;
  stays: number;
}

/** Deletes candles that are past the limits of their level, the oldest of all series first, slice by slice. */
export class CandleRetention {
  readonly #sql: Statements;
  readonly #monotonic: () => number;

  /** @param monotonic milliseconds that never go back */
  constructor(sql: Statements, monotonic: () => number) {
    this.#sql = sql;
    this.#monotonic = monotonic;
  }

  /** One slice: at most `maxRows` rows and about 20 ms. Answers how many rows went; 0 when nothing is due. */
  retain(limits: readonly CandleLimits[], now: number, maxRows: number): number {
    const until = this.#monotonic() + SLICE_MS;
    let gone = 0;
    for (const limit of limits) {
      for (let more = 1; more > 0 && gone < maxRows && this.#monotonic() < until; gone += more) {
        const step = Math.min(ROWS_PER_STEP, maxRows - gone);
        more = inTransaction(this.#sql.db, () => this.#step(limit, now, step));
      }
    }
    return gone;
  }

  #step({ level, maxAgeMs, maxBytes }: CandleLimits, now: number, maxRows: number): number {
    const heads = this.#heads(level);
    const oldest = heads[0]?.oldest;
    if (oldest === undefined) return 0;
    const tooOld = now - maxAgeMs;
    const excess = candleRows(this.#sql)[level] - Math.floor(maxBytes / ROW_BYTES[level]);
    const end = oldest + STEP_INTERVALS * INTERVAL_MS[level];
    if (oldest < tooOld) return this.#deleteBefore(level, heads, Math.min(end, tooOld), maxRows);
    return excess > 0 ? this.#deleteBefore(level, heads, end, Math.min(maxRows, excess)) : 0;
  }

  /** By their oldest candle. */
  #heads(level: CandleLevelName): Head[] {
    const stays = NEWEST_STAYS.includes(level)
      ? '(SELECT max(start) FROM candle WHERE level = l.level AND series = s.id)'
      : String(Number.MAX_SAFE_INTEGER);
    return this.#sql.rows<Head>(
      `SELECT series, oldest, stays FROM
          (SELECT s.id AS series, (SELECT min(start) FROM candle WHERE level = l.level AND series = s.id) AS oldest,
            ${stays} AS stays FROM (SELECT ? AS level) l CROSS JOIN series s)
        WHERE oldest < stays ORDER BY oldest`,
      CANDLE_LEVELS[level],
    );
  }

  #deleteBefore(level: CandleLevelName, heads: readonly Head[], end: number, maxRows: number): number {
    let gone = 0;
    for (const { series, oldest, stays } of heads) {
      if (gone >= maxRows || oldest >= end) break;
      gone += this.#sql.run(
        `DELETE FROM candle WHERE (level, series, start) IN
          (SELECT level, series, start FROM candle WHERE level = ? AND series = ? AND start < ? ORDER BY start LIMIT ?)`,
        CANDLE_LEVELS[level],
        series,
        Math.min(end, stays),
        maxRows - gone,
      );
    }
    countCandles(this.#sql, level, -gone);
    return gone;
  }
}
