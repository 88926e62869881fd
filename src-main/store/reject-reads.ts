import type { Page } from '../../src-contract/paging.ts';
import type { Reject } from '../../src-contract/system.ts';
import { toTimestamp } from '../../src-contract/timestamp.ts';
import { makeCursor, pageOf, readCursor } from './cursor.ts';
import { payloadText } from './payload-text.ts';
import type { RejectFilter, StoredReject } from './port.ts';
import type { Statements } from './statements.ts';

interface RejectRow {
  id: number;
  source: string;
  subject: string;
  receivedAt: number;
  reason: string;
  bytes: number;
  attempts: number;
  redrivenAt: number | null;
  body: Uint8Array;
}

const COLUMNS = `r.id, i.source, r.subject, r.received_at AS receivedAt, r.reason, r.bytes,
  coalesce(d.attempts, 0) AS attempts, d.redriven_at AS redrivenAt`;
const TABLES = `reject r JOIN incarnation i ON i.id = r.position / 1099511627776
  LEFT JOIN reject_redrive d ON d.reject = r.id`;

/** Rejected events of an environment that a filter keeps, newest first. Reads no more than the 10,000 that are kept. */
export function readRejects(
  sql: Statements,
  env: { id: number; name: string },
  filter: RejectFilter,
  limit: number,
  cursor: string | null,
): Page<Reject> {
  const [before] = readCursor('rejects', cursor, 1) ?? [Number.MAX_SAFE_INTEGER];
  const { subject, source, words, state } = filter;
  // The beginning of an empty body is NULL to SQLite.
  const rows = sql.rows<RejectRow>(
    `SELECT ${COLUMNS}, coalesce(substr(r.body, 1, 5000), x'') AS body FROM ${TABLES}
      WHERE r.env = ? AND r.id < ? AND r.subject = coalesce(?, r.subject) AND i.source = coalesce(?, i.source)
        AND CASE ? WHEN 'open' THEN d.redriven_at IS NULL WHEN 'redriven' THEN d.redriven_at IS NOT NULL ELSE 1 END
        AND (? IS NULL OR instr(r.reason, ?) > 0 OR instr(r.body, ?) > 0)
      ORDER BY r.id DESC LIMIT ?`,
    env.id,
    before ?? 0,
    subject,
    source,
    state,
    words,
    words,
    words === null ? null : Buffer.from(words),
    limit + 1,
  );
  return pageOf(
    rows,
    limit,
    (row) => toReject(row, env.name),
    (row) => makeCursor('rejects', [row.id]),
  );
}

/** Of these rejects those that are kept in the environment, with their bodies, by id. */
export function readRejectsById(
  sql: Statements,
  env: { id: number; name: string },
  ids: readonly number[],
): StoredReject[] {
  return [...new Set(ids)]
    .sort((a, b) => a - b)
    .flatMap((id) => {
      const row = sql.row<RejectRow>(
        `SELECT ${COLUMNS}, r.body FROM ${TABLES} WHERE r.id = ? AND r.env = ?`,
        id,
        env.id,
      );
      return row === undefined ? [] : { ...toReject(row, env.name), body: row.body };
    });
}

function toReject(row: RejectRow, env: string): Reject {
  return {
    id: row.id,
    env,
    source: row.source,
    subject: row.subject,
    received_at: toTimestamp(row.receivedAt),
    reason: row.reason,
    bytes: row.bytes,
    ...payloadText(row.body, row.bytes),
    attempts: row.attempts,
    redriven_at: row.redrivenAt === null ? null : toTimestamp(row.redrivenAt),
  };
}
