import { EVENT_KINDS } from '../../src-contract/event-kinds.ts';
import { inTransaction } from './database.ts';
import type { IdWindow } from './port.ts';
import type { Statements } from './statements.ts';

/** A slice is over after this time, so that commits do not wait longer. */
const SLICE_MS = 20;

/** Names of one transaction. */
const ROWS_PER_STEP = 500;

/** What a name takes in the file with its index, roughly. */
const ROW_BYTES = 130;

/** The places of the names that are known of an environment and kind. */
interface Span {
  env: number;
  kind: number;
  first: number;
  last: number;
}

/** Remembers the names of one batch's events. Made and used inside the transaction that stores them. */
export class BatchNames {
  readonly #sql: Statements;
  readonly #env: number;
  /** The newest place of each kind: found once, because finding it takes longer than adding a name. */
  readonly #newest = new Map<number, number>();

  constructor(sql: Statements, env: number) {
    this.#sql = sql;
    this.#env = env;
  }

  /** Remembers the name that a caller gave an event of a kind, received at this time; false when it was known. */
  take(kind: number, name: string, receivedAt: number): boolean {
    const newest = this.#newest.get(kind) ?? placesOf(this.#sql, this.#env, kind).last ?? 0;
    const added = this.#sql.run(
      `INSERT INTO event_name (env, kind, place, name, received_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (env, kind, name) DO NOTHING`,
      this.#env,
      kind,
      newest + 1,
      name,
      receivedAt,
    );
    this.#newest.set(kind, newest + added);
    return added === 1;
  }
}

/**
 * Forgets one slice of names past the window, the oldest of each environment and kind first: at most `maxRows`, and about
 * 20 ms. Answers how many went; 0 when nothing is due.
 */
export function forgetNames(
  sql: Statements,
  window: IdWindow,
  now: number,
  maxRows: number,
  monotonic: () => number,
): number {
  const until = monotonic() + SLICE_MS;
  let gone = 0;
  for (const span of spans(sql)) {
    for (;;) {
      if (gone >= maxRows || monotonic() >= until) return gone;
      const limit = Math.min(ROWS_PER_STEP, maxRows - gone);
      const step = inTransaction(sql.db, () => forgetOldest(sql, span, window, now, limit));
      if (step === 0) break;
      gone += step;
      span.first += step;
    }
  }
  return gone;
}

/** About how many bytes of the file the names take. Counts no rows. */
export function nameBytes(sql: Statements): number {
  return spans(sql).reduce((bytes, { first, last }) => bytes + (last - first + 1) * ROW_BYTES, 0);
}

function spans(sql: Statements): Span[] {
  const environments = sql.rows<{ env: number }>('SELECT id AS env FROM environment');
  return environments.flatMap(({ env }) =>
    Object.values(EVENT_KINDS).flatMap((kind) => {
      const { first, last } = placesOf(sql, env, kind);
      return first === null || last === null ? [] : { env, kind, first, last };
    }),
  );
}

function placesOf(sql: Statements, env: number, kind: number): { first: number | null; last: number | null } {
  // Two selections, because then the index answers each without reading what lies between.
  const places = sql.row<{ first: number | null; last: number | null }>(
    `SELECT (SELECT min(place) FROM event_name WHERE env = ? AND kind = ?) AS first,
      (SELECT max(place) FROM event_name WHERE env = ? AND kind = ?) AS last`,
    env,
    kind,
    env,
    kind,
  );
  return places ?? { first: null, last: null };
}

function forgetOldest(sql: Statements, span: Span, window: IdWindow, now: number, limit: number): number {
  const surplus = span.last - window.maxIds;
  return sql.run(
    `DELETE FROM event_name WHERE env = ? AND kind = ? AND place >= ? AND place < min(?, coalesce(
      (SELECT min(place) FROM (SELECT place, received_at FROM event_name
          WHERE env = ? AND kind = ? AND place > ? ORDER BY place LIMIT ?) WHERE received_at >= ?), ?))`,
    span.env,
    span.kind,
    span.first,
    span.first + limit,
    span.env,
    span.kind,
    surplus,
    limit,
    now - window.maxAgeMs,
    span.first + limit,
  );
}
