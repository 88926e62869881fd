import { journalId, journalPosition } from '../../src-contract/journal.ts';
import type { Progress, RedactionRow } from './redaction-row.ts';
import { rewriteAround } from './rewrite-around.ts';
import { slugKey } from './slug-key.ts';
import type { Statements } from './statements.ts';

/** What stands where something was redacted. */
export const REDACTED = '[redacted]';

/** Windows that are rewritten one after the other overlap by this many rows, so that no page is missed between. */
const OVERLAP_ROWS = 200;

interface JournalRow {
  id: number;
  receivedAt: number;
  body: Uint8Array | null;
}

/** Empties the journal bodies of the slug up to the opt-out; newer ones, of a new opt-in, stay. */
export function redactJournal(sql: Statements, row: RedactionRow, limit: number): Progress {
  const candidates = sql.rows<JournalRow>(
    `SELECT id, received_at AS receivedAt, body FROM journal WHERE key = ? AND id > ? ORDER BY id LIMIT ?`,
    slugKey(row.slug),
    row.doneTo,
    limit,
  );
  const due = candidates.filter((candidate) => isDue(sql, row, candidate));
  for (const { id } of due) sql.run('UPDATE journal SET body = NULL, key = NULL WHERE id = ?', id);
  let last = 0;
  for (const { id } of due) last = rewriteAround(sql, 'journal', id, last === 0 ? 0 : last - OVERLAP_ROWS);
  return progress(candidates, limit);
}

/** Empties the bodies, and reasons, of the environment's rejects up to the opt-out in which the slug stands. */
export function redactRejects(sql: Statements, row: RedactionRow, limit: number): Progress {
  const quoted = Buffer.from(JSON.stringify(row.slug));
  const matches = sql.rows<{ id: number; bytes: number }>(
    `SELECT id, length(body) AS bytes FROM reject
      WHERE env = ? AND id > ? AND received_at <= ? AND (instr(body, ?) > 0 OR instr(reason, ?) > 0)
      ORDER BY id LIMIT ?`,
    row.env,
    row.doneTo,
    row.receivedAt,
    quoted,
    row.slug,
    limit,
  );
  for (const { id, bytes } of matches) {
    sql.run(
      'UPDATE reject SET body = ?, reason = replace(reason, ?, ?) WHERE id = ?',
      Buffer.from(REDACTED),
      row.slug,
      REDACTED,
      id,
    );
    sql.run('UPDATE figure SET reject_bytes = reject_bytes + ?', REDACTED.length - bytes);
    rewriteAround(sql, 'reject', id);
  }
  return progress(matches, limit);
}

/** Takes the slug out of the audit entries about that portfolio. */
export function redactAudit(sql: Statements, row: RedactionRow, limit: number): Progress {
  const target = `portfolio:${row.slug}`;
  const matches = sql.rows<{ id: number }>(
    `SELECT id FROM audit WHERE id > ? AND substr(target, -length(?)) = ? ORDER BY id LIMIT ?`,
    row.doneTo,
    target,
    target,
    limit,
  );
  for (const { id } of matches) {
    sql.run(
      'UPDATE audit SET target = replace(target, ?, ?), result = replace(result, ?, ?) WHERE id = ?',
      row.slug,
      REDACTED,
      row.slug,
      REDACTED,
      id,
    );
    rewriteAround(sql, 'audit', id);
  }
  return progress(matches, limit);
}

/**
 * Rewrites where one incarnation ends in the journal and the next begins: rows that were appended there passed through
 * pages that by now hold others.
 */
export function redactEdges(sql: Statements, row: RedactionRow, limit: number): Progress {
  const streams = sql.rows<{ id: number }>(
    'SELECT id FROM incarnation WHERE env = ? AND id > ? ORDER BY id LIMIT ?',
    row.env,
    row.doneTo,
    limit,
  );
  for (const { id } of streams) {
    const end = sql.row<{ id: number | null }>(
      'SELECT max(id) AS id FROM journal WHERE id < ?',
      journalId(id + 1, 0),
    );
    if (end?.id != null) rewriteAround(sql, 'journal', end.id);
  }
  return progress(streams, limit);
}

function progress(rows: readonly { id: number }[], limit: number): Progress {
  return { rows: rows.length, doneTo: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
}

function isDue(sql: Statements, row: RedactionRow, candidate: JournalRow): boolean {
  const { incarnation } = journalPosition(candidate.id);
  const env = sql.row<{ env: number }>('SELECT env FROM incarnation WHERE id = ?', incarnation)?.env;
  if (env !== row.env || slugOf(candidate.body) !== row.slug) return false;
  if (incarnation === journalPosition(row.optedOut).incarnation) return candidate.id <= row.optedOut;
  return candidate.receivedAt <= row.receivedAt;
}

/** Two slugs may share a key, so the body decides. One that cannot be read is taken for the slug's. */
function slugOf(body: Uint8Array | null): unknown {
  if (body === null) return undefined;
  const value: unknown = JSON.parse(Buffer.from(body).toString());
  return typeof value === 'object' && value !== null && 'slug' in value ? value.slug : undefined;
}
