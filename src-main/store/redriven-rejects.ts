import { journalPosition } from '../../src-contract/journal.ts';
import type { Statements } from './statements.ts';

/**
 * Marks a reject as redriven and takes it out of the rejected ones of its stream; false when it bears the mark already, or is
 * no longer kept. Called inside the transaction that stores what was made of it. Throws a RangeError when it came from
 * another source than what was made of it says.
 */
export function markRedriven(
  sql: Statements,
  env: number,
  source: string,
  reject: number,
  receivedAt: number,
): boolean {
  const open = sql.row<{ position: number; source: string }>(
    `SELECT r.position, i.source FROM reject r JOIN incarnation i ON i.id = r.position / 1099511627776
      LEFT JOIN reject_redrive d ON d.reject = r.id WHERE r.id = ? AND r.env = ? AND d.redriven_at IS NULL`,
    reject,
    env,
  );
  if (open === undefined) return false;
  if (open.source !== source) {
    throw new RangeError(`reject ${reject} came from ${open.source}, not from ${source}`);
  }
  sql.run(
    `INSERT INTO reject_redrive (reject, attempts, redriven_at) VALUES (?, 0, ?)
      ON CONFLICT DO UPDATE SET redriven_at = excluded.redriven_at`,
    reject,
    receivedAt,
  );
  const { incarnation } = journalPosition(open.position);
  sql.run('UPDATE incarnation SET rejected = rejected - 1 WHERE id = ?', incarnation);
  return true;
}

/** Counts an attempt that was refused for each of these rejects that are kept. */
export function countAttempts(sql: Statements, env: number, rejects: readonly number[]): void {
  for (const reject of rejects) {
    sql.run(
      `INSERT INTO reject_redrive (reject, attempts) SELECT id, 1 FROM reject WHERE id = ? AND env = ?
        ON CONFLICT DO UPDATE SET attempts = attempts + 1`,
      reject,
      env,
    );
  }
}

/** Forgets what came of redriving rejects that are no longer kept: the oldest go first. */
export function trimMarks(sql: Statements): void {
  sql.run(
    'DELETE FROM reject_redrive WHERE reject < coalesce((SELECT min(id) FROM reject), 9007199254740991)',
  );
}
