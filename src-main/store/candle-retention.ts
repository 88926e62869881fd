import { INTERVAL_MS } from '../../src-contract/ticker.ts';
import { CANDLE_LEVELS, type CandleLevelName } from '../../src-contract/ticker-checkpoint.ts';
import { countCandles, LEVEL_NAMES } from './candle-writes.ts';
import { inTransaction } from './database.ts';
import type { CandleLimits } from './port.ts';
import type { Statements } from './statements.ts';

/** A slice is over after this time, so that commits do not wait longer. */
const SLICE_MS = 20;

/** Rows of one transaction, and series that it looks at. */
const STEP = { rows: 500, series: 500 } as const;

/** Candles go by so many intervals at a time: those of a series lie together, and so do their pages. */
const BLOCK = 60;

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

/** A series and its oldest candle that may go; null when there is none. */
interface Head {
  series: number;
  oldest: number | null;
}

/** A way through all series of a level, some of them at a time: there can be too many for one slice. */
interface Sweep {
  /** Candles that begin before this go. */
  readonly end: number;
  /** The last series that is done. */
  series: number;
  /** The oldest candle that may go and is left, of the series that are done. */
  oldest: number;
}

/**
 * Deletes candles that are past the limits of their level, slice by slice: by age and by bytes, the oldest of all series
 * first, both in blocks of 60 intervals.
 */
export class CandleRetention {
  readonly #sql: Statements;
  readonly #monotonic: () => number;
  readonly #sweeps = new Map<CandleLevelName, Sweep>();
  /** Levels that earlier slices found, or brought, within their limits; empty again once all are. */
  readonly #done = new Set<CandleLevelName>();

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
      while (!this.#done.has(limit.level)) {
        // A slice that looked without deleting counts as one row, so that it never looks like the end.
        if (gone >= maxRows || this.#monotonic() >= until) return Math.max(1, gone);
        const rows = Math.min(STEP.rows, maxRows - gone);
        const step = inTransaction(this.#sql.db, () => this.#step(limit, now, rows));
        if (step === null) this.#done.add(limit.level);
        gone += step ?? 0;
      }
    }
    this.#done.clear();
    return gone;
  }

  /** Some series of a sweep, or what comes after its last; null when the level is within its limits. */
  #step({ level, maxAgeMs, maxBytes }: CandleLimits, now: number, maxRows: number): number | null {
    const block = BLOCK * INTERVAL_MS[level];
    const tooOld = Math.floor((now - maxAgeMs) / block) * block;
    const sweep = this.#sweeps.get(level) ?? { end: tooOld, series: 0, oldest: Infinity };
    const excess = candleRows(this.#sql)[level] - Math.floor(maxBytes / ROW_BYTES[level]);
    const byAge = sweep.end <= tooOld;
    if (!byAge && excess <= 0) return this.#finish(level);
    this.#sweeps.set(level, sweep);
    const heads = this.#heads(level, sweep.series);
    if (heads.length > 0)
      return this.#delete(level, sweep, heads, byAge ? maxRows : Math.min(maxRows, excess));
    if (excess <= 0 || sweep.oldest === Infinity) return this.#finish(level);
    const end = Math.max(tooOld, Math.floor(sweep.oldest / block + 1) * block);
    this.#sweeps.set(level, { end, series: 0, oldest: Infinity });
    return 0;
  }

  #finish(level: CandleLevelName): null {
    this.#sweeps.delete(level);
    return null;
  }

  #delete(level: CandleLevelName, sweep: Sweep, heads: readonly Head[], maxRows: number): number {
    let gone = 0;
    for (const { series, oldest } of heads) {
      let left = oldest;
      if (oldest !== null && oldest < sweep.end) {
        gone += this.#deleteOf(level, series, sweep.end, maxRows - gone);
        left = this.#oldestOf(level, series);
      }
      if (left !== null && left < sweep.end) break;
      sweep.oldest = Math.min(sweep.oldest, left ?? Infinity);
      sweep.series = series;
    }
    countCandles(this.#sql, level, -gone);
    return gone;
  }

  #deleteOf(level: CandleLevelName, series: number, end: number, maxRows: number): number {
    const of = [CANDLE_LEVELS[level], series];
    const until = Math.min(end, this.#staysFrom(level, series));
    return this.#sql.run(
      `DELETE FROM candle WHERE level = ? AND series = ? AND start < coalesce(
        (SELECT start FROM candle WHERE level = ? AND series = ? AND start < ? ORDER BY start LIMIT 1 OFFSET ?), ?)`,
      ...of,
      ...of,
      until,
      maxRows,
      until,
    );
  }

  #heads(level: CandleLevelName, after: number): Head[] {
    return this.#sql
      .rows<{ id: number }>(`SELECT id FROM series WHERE id > ? ORDER BY id LIMIT ${STEP.series}`, after)
      .map(({ id }) => ({ series: id, oldest: this.#oldestOf(level, id) }));
  }

  #oldestOf(level: CandleLevelName, series: number): number | null {
    const oldest = this.#sql.row<{ start: number | null }>(
      'SELECT min(start) AS start FROM candle WHERE level = ? AND series = ?',
      CANDLE_LEVELS[level],
      series,
    )?.start;
    return oldest == null || oldest >= this.#staysFrom(level, series) ? null : oldest;
  }

  /** The start of the first candle that stays whatever happens. */
  #staysFrom(level: CandleLevelName, series: number): number {
    if (!NEWEST_STAYS.includes(level)) return Infinity;
    return (
      this.#sql.row<{ start: number | null }>(
        'SELECT max(start) AS start FROM candle WHERE level = ? AND series = ?',
        CANDLE_LEVELS[level],
        series,
      )?.start ?? Infinity
    );
  }
}
