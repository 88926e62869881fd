import { journalId, type StoredBatch } from '../../src-contract/journal.ts';
import { type StoredBlock, unpackBlock } from './journal-block.ts';
import type { Statements } from './statements.ts';

/** One answer carries about this many bytes of bodies at most, and at least one batch. */
const ANSWER_BYTES = 16 * 1024 * 1024;

interface BatchHead {
  batch: number;
  source: string;
  incarnation: number;
  first: number;
  last: number;
  rows: number;
  bytes: number;
}

/**
 * The journal of an environment after a batch, in commit order: whole batches of about `maxRows` rows together, at
 * least one. Empty at the end. Redacted rows come without a body; batches of rejects alone are left out.
 */
export function replayBatches(
  sql: Statements,
  env: number,
  afterBatch: number,
  maxRows: number,
): StoredBatch[] {
  return nextHeads(sql, env, afterBatch, maxRows).map((head) => ({
    batch: head.batch,
    source: head.source,
    rows: rowsOf(sql, head),
  }));
}

function rowsOf(sql: Statements, { incarnation, first, last }: BatchHead): StoredBatch['rows'] {
  const blocks = sql.rows<StoredBlock>(
    'SELECT id, rows, columns, bodies FROM journal_block WHERE id BETWEEN ? AND ? ORDER BY id',
    journalId(incarnation, first),
    journalId(incarnation, last),
  );
  return blocks.flatMap((block) =>
    unpackBlock(block).map(({ place, body, ...row }) => ({
      ...row,
      body: place === null ? body : portfolioBody(sql, place),
    })),
  );
}

function portfolioBody(sql: Statements, place: number): Uint8Array | null {
  return (
    sql.row<{ body: Uint8Array | null }>('SELECT body FROM portfolio_body WHERE id = ?', place)?.body ?? null
  );
}

function nextHeads(sql: Statements, env: number, afterBatch: number, maxRows: number): BatchHead[] {
  const heads: BatchHead[] = [];
  let rows = 0;
  let bytes = 0;
  const batches = sql.each<BatchHead>(
    `SELECT b.batch, i.source, b.incarnation, b.first_seq AS first, b.last_seq AS last, b.rows, b.bytes
      FROM batch b JOIN incarnation i ON i.id = b.incarnation
      WHERE b.env = ? AND b.batch > ? AND b.rows > 0 ORDER BY b.batch`,
    env,
    afterBatch,
  );
  for (const head of batches) {
    if (heads.length > 0 && (rows + head.rows > maxRows || bytes + head.bytes > ANSWER_BYTES)) break;
    heads.push(head);
    rows += head.rows;
    bytes += head.bytes;
  }
  return heads;
}
