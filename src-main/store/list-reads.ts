import { hideInAudit } from '../../src-contract/hidden-slug.ts';
import type { Page } from '../../src-contract/paging.ts';
import type { AuditEntry, Reject } from '../../src-contract/system.ts';
import { toTimestamp } from '../../src-contract/timestamp.ts';
import { makeCursor, pageOf, readCursor } from './cursor.ts';
import { payloadText } from './payload-text.ts';
import { pendingSlugs } from './pending-slugs.ts';
import type { Statements } from './statements.ts';

interface RejectRow {
  id: number;
  source: string;
  subject: string;
  receivedAt: number;
  reason: string;
  bytes: number;
  body: Uint8Array;
}

/** Rejected events of an environment, newest first. */
export function readRejects(
  sql: Statements,
  env: number,
  envName: string,
  limit: number,
  cursor: string | null,
): Page<Reject> {
  const [before] = readCursor('rejects', cursor, 1) ?? [Number.MAX_SAFE_INTEGER];
  // The beginning of an empty body is NULL to SQLite.
  const rows = sql.rows<RejectRow>(
    `SELECT r.id, i.source, r.subject, r.received_at AS receivedAt, r.reason, r.bytes,
        coalesce(substr(r.body, 1, 5000), x'') AS body
      FROM reject r JOIN incarnation i ON i.id = r.position / 1099511627776
      WHERE r.env = ? AND r.id < ? ORDER BY r.id DESC LIMIT ?`,
    env,
    before ?? 0,
    limit + 1,
  );
  const toReject = (row: RejectRow): Reject => ({
    id: row.id,
    env: envName,
    source: row.source,
    subject: row.subject,
    received_at: toTimestamp(row.receivedAt),
    reason: row.reason,
    bytes: row.bytes,
    ...payloadText(row.body, row.bytes),
  });
  return pageOf(rows, limit, toReject, (row) => makeCursor('rejects', [row.id]));
}

/** The audit list, newest first; without the slugs that are about to be redacted. */
export function readAudit(sql: Statements, limit: number, cursor: string | null): Page<AuditEntry> {
  const [before] = readCursor('audit', cursor, 1) ?? [Number.MAX_SAFE_INTEGER];
  const rows = sql.rows<Omit<AuditEntry, 'at'> & { at: number }>(
    'SELECT id, at, actor, action, target, result FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?',
    before ?? 0,
    limit + 1,
  );
  const pending = pendingSlugs(sql);
  return pageOf(
    rows,
    limit,
    (row) => hideInAudit({ ...row, at: toTimestamp(row.at) }, (slug) => pending.has(slug)),
    (row) => makeCursor('audit', [row.id]),
  );
}
