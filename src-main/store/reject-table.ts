import { journalId, type RejectedEvent } from '../../src-contract/journal.ts';
import { trimMarks } from './redriven-rejects.ts';
import type { Statements } from './statements.ts';

/** The list of rejects keeps its newest entries up to this number and size; the ledger goes on counting. */
export const REJECT_LIMITS = { rows: 10_000, bytes: 64 * 1024 * 1024 } as const;

interface Kept {
  rows: number;
  bytes: number;
}

/** Keeps an event that failed validation; false when it was kept before. */
export function addReject(sql: Statements, env: number, incarnation: number, event: RejectedEvent): boolean {
  const added = sql.run(
    `INSERT INTO reject (env, position, part, subject, received_at, reason, bytes, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING`,
    env,
    journalId(incarnation, event.seq),
    event.part,
    event.subject,
    event.receivedAt,
    event.reason,
    event.bytes,
    Buffer.from(event.body.buffer, event.body.byteOffset, event.body.byteLength),
  );
  if (added === 0) return false;
  sql.run(
    'UPDATE figure SET reject_rows = reject_rows + 1, reject_bytes = reject_bytes + ?',
    event.body.byteLength,
  );
  return true;
}

/** Deletes the oldest rejects beyond the limits, with what came of redriving them. */
export function trimRejects(sql: Statements, limits: Kept = REJECT_LIMITS): void {
  for (;;) {
    const kept = sql.row<Kept>('SELECT reject_rows AS rows, reject_bytes AS bytes FROM figure');
    if (kept === undefined || (kept.rows <= limits.rows && kept.bytes <= limits.bytes)) return;
    const surplus = Math.max(1, kept.rows - limits.rows);
    const gone = sql.rows<{ bytes: number }>(
      `DELETE FROM reject WHERE id IN (SELECT id FROM reject ORDER BY id LIMIT ?) RETURNING length(body) AS bytes`,
      surplus,
    );
    if (gone.length === 0) return;
    trimMarks(sql);
    const bytes = gone.reduce((sum, row) => sum + row.bytes, 0);
    sql.run(
      'UPDATE figure SET reject_rows = reject_rows - ?, reject_bytes = reject_bytes - ?',
      gone.length,
      bytes,
    );
  }
}
