import { auditTarget, starsFor } from '../../src-contract/hidden-slug.ts';
import { journalPosition } from '../../src-contract/journal.ts';
import type { Progress, RedactionRow } from './redaction-row.ts';
import { slugKey } from './slug-key.ts';
import { slugNaming } from './slug-spelling.ts';
import type { Statements } from './statements.ts';
import { forgetInSubjects } from './unknown-subject-table.ts';

/** What stands where a body was redacted. */
const REDACTED = '[redacted]';

/** How many rejects one step looks through at most. */
const SCAN = { rows: 1_000, bytes: 2 * 1024 * 1024 } as const;

interface BodyRow {
  id: number;
  event: number;
  receivedAt: number;
  body: Uint8Array | null;
}

/** Empties the journal bodies of the slug up to the opt-out; newer ones, of a new opt-in, stay. */
export function redactJournal(sql: Statements, row: RedactionRow, limit: number): Progress {
  const candidates = sql.rows<BodyRow>(
    `SELECT id, event, body, received_at AS receivedAt
      FROM portfolio_body WHERE key = ? AND id > ? ORDER BY id LIMIT ?`,
    slugKey(row.slug),
    row.doneTo,
    limit,
  );
  for (const candidate of candidates) {
    if (!isDue(sql, row, candidate)) continue;
    sql.run('UPDATE portfolio_body SET body = NULL, key = NULL WHERE id = ?', candidate.id);
  }
  return progress(candidates, limit);
}

/**
 * Empties the bodies of the environment's rejects up to the opt-out that name the slug, in whatever spelling, or whose
 * reasons do; what their reasons quote is starred.
 */
export function redactRejects(sql: Statements, row: RedactionRow): Progress {
  const end = endOfScan(sql, row.doneTo);
  if (end === null) return { rows: 0, doneTo: null };
  const matches = rejectsNaming(sql, row, end);
  for (const { id, bytes, reason } of matches) {
    sql.run('UPDATE reject SET body = ?, reason = ? WHERE id = ?', Buffer.from(REDACTED), reason, id);
    sql.run('UPDATE figure SET reject_bytes = reject_bytes + ?', REDACTED.length - bytes);
  }
  return { rows: matches.length, doneTo: end };
}

/** The rejects up to `end` that name the slug, with the reasons they are to have. One body at a time is in memory. */
function rejectsNaming(
  sql: Statements,
  row: RedactionRow,
  end: number,
): { id: number; bytes: number; reason: string }[] {
  const isNamedIn = slugNaming(row.slug);
  const matches = [];
  const rejects = sql.each<{ id: number; reason: string; body: Uint8Array }>(
    'SELECT id, reason, body FROM reject WHERE id > ? AND id <= ? AND env = ? AND received_at <= ?',
    row.doneTo,
    end,
    row.env,
    row.receivedAt,
  );
  for (const { id, reason, body } of rejects) {
    if (!reason.includes(row.slug) && !isNamedIn(body)) continue;
    matches.push({ id, bytes: body.byteLength, reason: withoutQuotes(reason, row.slug) });
  }
  return matches;
}

/** A reason quotes pieces of a payload that is no JSON: there the slug may be spelled in any way, or cut. */
function withoutQuotes(reason: string, slug: string): string {
  return reason.replace(/".*"/s, starsFor).replace(new RegExp(slug, 'gi'), starsFor);
}

/** The last reject of those that one step looks through; null when there is none after `from`. */
function endOfScan(sql: Statements, from: number): number | null {
  let end: number | null = null;
  let bytes = 0;
  const rows = sql.each<{ id: number; bytes: number }>(
    `SELECT id, length(body) AS bytes FROM reject WHERE id > ? ORDER BY id LIMIT ${SCAN.rows}`,
    from,
  );
  for (const row of rows) {
    end = row.id;
    bytes += row.bytes;
    if (bytes >= SCAN.bytes) break;
  }
  return end;
}

/** Takes the slug out of the audit entries about that portfolio. */
export function redactAudit(sql: Statements, row: RedactionRow, limit: number): Progress {
  const target = auditTarget(row.slug);
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
      starsFor(row.slug),
      row.slug,
      starsFor(row.slug),
      id,
    );
  }
  return progress(matches, limit);
}

/** Takes the slug out of the names of the environment's unknown subjects, which are at most 1,000: in one step. */
export function redactSubjects(sql: Statements, row: RedactionRow): Progress {
  return { rows: forgetInSubjects(sql, row.env, row.slug), doneTo: null };
}

function progress(rows: readonly { id: number }[], limit: number): Progress {
  return { rows: rows.length, doneTo: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
}

function isDue(sql: Statements, row: RedactionRow, candidate: BodyRow): boolean {
  const { incarnation } = journalPosition(candidate.event);
  const env = sql.row<{ env: number }>('SELECT env FROM incarnation WHERE id = ?', incarnation)?.env;
  if (env !== row.env || slugOf(candidate.body) !== row.slug) return false;
  if (incarnation === journalPosition(row.optedOut).incarnation) return candidate.event <= row.optedOut;
  return candidate.receivedAt <= row.receivedAt;
}

/** Two slugs may share a key, so the body decides. One that cannot be read is taken for the slug's. */
function slugOf(body: Uint8Array | null): unknown {
  if (body === null) return undefined;
  const value: unknown = JSON.parse(Buffer.from(body).toString());
  return typeof value === 'object' && value !== null && 'slug' in value ? value.slug : undefined;
}
