import type { InvoiceRunRecord } from '../../src-contract/invoice-store.ts';
import { environmentId } from './environment-table.ts';
import type { Statements } from './statements.ts';

/** A run with its counts: `id` is the number of its row, from which the ids of its backlog come. */
export interface StoredRun extends InvoiceRunRecord {
  id: number;
  produced: number;
  shown: number;
}

const SELECT = `SELECT id, run, generation, state, seed, rate_per_s AS ratePerS, display_rate_per_s AS displayRatePerS,
  duration_s AS durationS, planned, vat_basis_points AS vatBasisPoints, started_at AS startedAt, ended_at AS endedAt,
  produced, shown FROM invoice_run`;

/** Places of a run's backlog: more than a run can produce. */
const PLACES = 2 ** 32;

/** The backlog's id of a place: the first of a run is 1. */
export function waitingId(run: Pick<StoredRun, 'id'>, place: number): number {
  return run.id * PLACES + place;
}

/** A run of an environment; undefined when it was never saved, or is purged. */
export function findRun(sql: Statements, env: number, run: number): StoredRun | undefined {
  return sql.row<StoredRun>(`${SELECT} WHERE env = ? AND run = ?`, env, run);
}

/** The runs of a generation, the newest first. */
export function runsOf(sql: Statements, env: number, generation: number): StoredRun[] {
  return sql.rows<StoredRun>(`${SELECT} WHERE env = ? AND generation = ? ORDER BY run DESC`, env, generation);
}

/** Counts what a run produced and what of it was shown. */
export function countRun(sql: Statements, run: StoredRun, produced: number, shown: number): void {
  sql.run(
    'UPDATE invoice_run SET produced = produced + ?, shown = shown + ? WHERE id = ?',
    produced,
    shown,
    run.id,
  );
}

/** Adds or replaces a run's record; its counts stay. */
export function saveInvoiceRun(sql: Statements, env: string, run: InvoiceRunRecord): void {
  insertRun(sql, environmentId(sql, env), run);
}

/** As {@link saveInvoiceRun}, by the number of the environment. */
export function insertRun(sql: Statements, id: number, run: InvoiceRunRecord): void {
  sql.run(
    `INSERT INTO invoice_run (env, run, generation, state, seed, rate_per_s, display_rate_per_s, duration_s, planned,
        vat_basis_points, started_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (env, run) DO UPDATE SET generation = excluded.generation, state = excluded.state,
        seed = excluded.seed, rate_per_s = excluded.rate_per_s, display_rate_per_s = excluded.display_rate_per_s,
        duration_s = excluded.duration_s, planned = excluded.planned, vat_basis_points = excluded.vat_basis_points,
        started_at = excluded.started_at, ended_at = excluded.ended_at`,
    id,
    run.run,
    run.generation,
    run.state,
    run.seed,
    run.ratePerS,
    run.displayRatePerS,
    run.durationS,
    run.planned,
    run.vatBasisPoints,
    run.startedAt,
    run.endedAt,
  );
  sql.run(
    `INSERT INTO invoice_state (env, last_run) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET last_run = max(last_run, excluded.last_run)`,
    id,
    run.run,
  );
}
