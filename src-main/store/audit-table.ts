import type { AuditEntry } from '../../src-contract/system.ts';
import type { Statements } from './statements.ts';

/** The audit list keeps its newest entries up to this number. */
const ENTRIES_KEPT = 10_000;

/** Adds an entry to the audit list and lets go of the oldest beyond the limit. */
export function addAudit(sql: Statements, entry: Omit<AuditEntry, 'id' | 'at'>, now: number): void {
  sql.run(
    'INSERT INTO audit (at, actor, action, target, result) VALUES (?, ?, ?, ?, ?)',
    now,
    entry.actor,
    entry.action,
    entry.target,
    entry.result,
  );
  sql.run('DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?', ENTRIES_KEPT);
}
