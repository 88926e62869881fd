import { inTransaction } from './database.ts';
import { redactAudit, redactJournal, redactRejects, redactSubjects } from './redaction-phases.ts';
import type { Progress, RedactionRow } from './redaction-row.ts';
import { rewriteOldest } from './rewrite-oldest.ts';
import { slugKey } from './slug-key.ts';
import type { Statements } from './statements.ts';

/** A slice is over after this time, so that commits do not wait longer. */
const SLICE_MS = 20;

/** Rows of one transaction: few, because each may free half a megabyte. */
const ROWS_PER_STEP = 20;
const MINUTES_PER_STEP = 2_000;

const PHASES: readonly ((sql: Statements, row: RedactionRow, limit: number) => Progress)[] = [
  redactJournal,
  redactRejects,
  redactAudit,
  redactSubjects,
];

/** Takes what opt-outs left behind out of the database, slice by slice. */
export class Redaction {
  readonly #sql: Statements;
  readonly #monotonic: () => number;

  /** @param monotonic milliseconds that never go back */
  constructor(sql: Statements, monotonic: () => number) {
    this.#sql = sql;
    this.#monotonic = monotonic;
  }

  /** One slice: at most `maxRows` rows, at most about 20 ms. Answers how many rows are left to look at; 0 when done. */
  redact(maxRows: number): number {
    const until = this.#monotonic() + SLICE_MS;
    let left = maxRows;
    for (;;) {
      const rows = inTransaction(this.#sql.db, () => this.#step());
      if (rows === null) return 0;
      left -= Math.max(1, rows);
      if (left <= 0 || this.#monotonic() >= until) return this.#remaining();
    }
  }

  #step(): number | null {
    const row = this.#sql.row<RedactionRow>(
      `SELECT id, env, slug, opted_out AS optedOut, received_at AS receivedAt, phase, done_to AS doneTo
        FROM redaction WHERE phase < ${PHASES.length} ORDER BY id LIMIT 1`,
    );
    const phase = PHASES[row?.phase ?? PHASES.length];
    if (row === undefined || phase === undefined) return this.#deleteOrphans() ?? this.#finish();
    const { rows, doneTo } = phase(this.#sql, row, ROWS_PER_STEP);
    this.#sql.run(
      'UPDATE redaction SET phase = ?, done_to = ? WHERE id = ?',
      doneTo === null ? row.phase + 1 : row.phase,
      doneTo ?? 0,
      row.id,
    );
    return rows;
  }

  #deleteOrphans(): number | null {
    const orphan = this.#sql.row<{ portfolio: number }>('SELECT portfolio FROM orphan LIMIT 1');
    if (orphan === undefined) return null;
    const { portfolio } = orphan;
    const rows = ['portfolio_value_1m', 'timeline'].reduce(
      (sum, table) =>
        sum + this.#sql.run(`DELETE FROM ${table} WHERE portfolio = ? LIMIT ${MINUTES_PER_STEP}`, portfolio),
      0,
    );
    if (rows === 0) this.#sql.run('DELETE FROM orphan WHERE portfolio = ?', portfolio);
    return rows;
  }

  /** Once for all that were redacted: what their rows left in pages, and at last the queue with its slugs. */
  #finish(): number | null {
    const queued = this.#sql.row<{ n: number }>('SELECT count(*) AS n FROM redaction')?.n ?? 0;
    if (queued === 0) return null;
    rewriteOldest(this.#sql, 'portfolio_body');
    rewriteOldest(this.#sql, 'reject');
    rewriteOldest(this.#sql, 'audit');
    // Without a condition, because then SQLite empties whole pages and moves nothing.
    return this.#sql.run('DELETE FROM redaction');
  }

  #remaining(): number {
    const queued = this.#sql.rows<{ slug: string; doneTo: number; phase: number }>(
      'SELECT slug, done_to AS doneTo, phase FROM redaction ORDER BY id LIMIT 100',
    );
    const keyed = queued.map(({ slug, doneTo, phase }) =>
      phase > 0
        ? 1
        : 1 +
          (this.#sql.row<{ n: number }>(
            'SELECT count(*) AS n FROM portfolio_body WHERE key = ? AND id > ?',
            slugKey(slug),
            doneTo,
          )?.n ?? 0),
    );
    const orphans = this.#sql.row<{ n: number }>('SELECT count(*) AS n FROM orphan')?.n ?? 0;
    return keyed.reduce((sum, n) => sum + n, orphans);
  }
}
