import { statSync } from 'node:fs';
import { journalId } from '../../src-contract/journal.ts';
import { candleRows } from './candle-retention.ts';
import { type StoredBlock, unpackBlock } from './journal-block.ts';
import { schemaVersion } from './migrate.ts';
import type { StoreFigures } from './port.ts';
import type { Statements } from './statements.ts';

/** Figures of the database file. None of them counts rows. */
export function readFigures(sql: Statements): StoreFigures {
  const file = sql.db.name;
  const kept = sql.row<{ rows: number | null; synchronous: string }>(
    `SELECT (SELECT sum(stored - aged) FROM incarnation) AS rows, synchronous FROM figure`,
  );
  return {
    file,
    bytes: sizeOf(file),
    walBytes: sizeOf(`${file}-wal`),
    journalRows: kept?.rows ?? 0,
    candleRows: candleRows(sql),
    oldestEventAt: oldestEventAt(sql),
    synchronous: kept?.synchronous ?? 'unknown',
    schemaVersion: schemaVersion(sql.db),
  };
}

/** When the first event of the oldest batch occurred. */
function oldestEventAt(sql: Statements): number | null {
  const heads = sql.rows<{ batch: number; incarnation: number; first: number; last: number }>(
    `SELECT b.batch, b.incarnation, b.first_seq AS first, b.last_seq AS last FROM environment e
      JOIN batch b ON b.env = e.id AND b.batch =
        (SELECT batch FROM batch WHERE env = e.id AND rows > 0 ORDER BY batch LIMIT 1)`,
  );
  const oldest = heads.sort((a, b) => a.batch - b.batch)[0];
  if (oldest === undefined) return null;
  const block = sql.row<StoredBlock>(
    `SELECT id, rows, columns, x'' AS bodies FROM journal_block WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1`,
    journalId(oldest.incarnation, oldest.first),
    journalId(oldest.incarnation, oldest.last),
  );
  return block === undefined ? null : (unpackBlock(block)[0]?.occurredAt ?? null);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
