import { hideInAudit } from '../../src-contract/hidden-slug.ts';
import type { Page } from '../../src-contract/paging.ts';
import type { AuditEntry } from '../../src-contract/system.ts';
import { toTimestamp } from '../../src-contract/timestamp.ts';
import { makeCursor, pageOf, readCursor } from './cursor.ts';
import { pendingSlugs } from './pending-slugs.ts';
import type { Statements } from './statements.ts';

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
