import { statSync } from 'node:fs';
import { schemaVersion } from './migrate.ts';
import type { StoreFigures } from './port.ts';
import type { Statements } from './statements.ts';

/** Figures of the database file. None of them counts rows. */
export function readFigures(sql: Statements): StoreFigures {
  const file = sql.db.name;
  const kept = sql.row<{ rows: number; synchronous: string }>(
    'SELECT journal_rows AS rows, synchronous FROM figure',
  );
  return {
    file,
    bytes: sizeOf(file),
    walBytes: sizeOf(`${file}-wal`),
    journalRows: kept?.rows ?? 0,
    oldestEventAt: oldestEventAt(sql),
    synchronous: kept?.synchronous ?? 'unknown',
    schemaVersion: schemaVersion(sql.db),
  };
}

/** When the oldest event of the oldest batch occurred. */
function oldestEventAt(sql: Statements): number | null {
  const row = sql.row<{ at: number | null }>(
    `SELECT (SELECT occurred_at FROM journal
        WHERE id BETWEEN b.incarnation * 1099511627776 + b.first_seq AND b.incarnation * 1099511627776 + b.last_seq
        ORDER BY id LIMIT 1) AS at
      FROM batch b WHERE b.rows > 0 ORDER BY b.batch LIMIT 1`,
  );
  return row?.at ?? null;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
