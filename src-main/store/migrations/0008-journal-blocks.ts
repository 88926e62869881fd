import { journalId } from '../../../src-contract/journal.ts';
import type { Connection } from '../database.ts';
import { BLOCK_BYTES, BLOCK_ROWS, packColumns } from '../journal-block.ts';
import type { Migration } from './migration.ts';

interface OldRow {
  id: number;
  kind: number;
  place: number | null;
  occurredAt: number;
  receivedAt: number;
  body: Buffer | null;
}

interface OldBatch {
  env: number;
  batch: number;
  incarnation: number;
  first: number;
  last: number;
}

/** Batches that are looked up at a time. */
const BATCHES_AT_A_TIME = 1_000;

/**
 * The journal in blocks: up to 1,000 rows of one batch's range of sequences in one row of SQLite. `id` is that of the
 * first of them, `columns` is what {@link packColumns} makes of everything but the bodies, which stand in `bodies` one
 * after another.
 *
 * `portfolio_body` learns when its event was received, which redaction has to know and which stood in the journal. It is
 * made anew, from its beginning to its end: rows that grow where they are would be moved, and leave copies behind.
 */
export const journalBlocksMigration: Migration = {
  version: 8,
  title: 'journal in blocks',
  up(db) {
    db.exec(`
      CREATE TABLE journal_block (
        id INTEGER PRIMARY KEY,
        rows INTEGER NOT NULL,
        columns BLOB NOT NULL,
        bodies BLOB NOT NULL
      ) STRICT;

      CREATE TABLE portfolio_body_received (
        id INTEGER PRIMARY KEY,
        key INTEGER,
        event INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        body BLOB
      ) STRICT;
      INSERT INTO portfolio_body_received
        SELECT p.id, p.key, p.event, coalesce(j.received_at, 0), p.body
          FROM portfolio_body p LEFT JOIN journal j ON j.id = p.event ORDER BY p.id;
      DROP TABLE portfolio_body;
      ALTER TABLE portfolio_body_received RENAME TO portfolio_body;
      CREATE INDEX portfolio_body_by_key ON portfolio_body (key) WHERE key IS NOT NULL;
    `);
    for (const batch of batchesOf(db)) packBatch(db, batch);
    db.exec('DROP TABLE journal');
  },
};

function* batchesOf(db: Connection): Generator<OldBatch> {
  const next = db.prepare<number[], OldBatch>(
    `SELECT env, batch, incarnation, first_seq AS first, last_seq AS last FROM batch
      WHERE (env, batch) > (?, ?) ORDER BY env, batch LIMIT ${BATCHES_AT_A_TIME}`,
  );
  for (let after = { env: 0, batch: 0 }; ;) {
    const batches = next.all(after.env, after.batch);
    yield* batches;
    const last = batches.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

function packBatch(db: Connection, { incarnation, first, last }: OldBatch): void {
  const sizes = db.prepare<number[], { id: number; bytes: number }>(
    `SELECT id, coalesce(length(body), 0) AS bytes FROM journal WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ${BLOCK_ROWS}`,
  );
  const rows = db.prepare<number[], OldRow>(
    `SELECT id, kind, place, occurred_at AS occurredAt, received_at AS receivedAt, body FROM journal
      WHERE id BETWEEN ? AND ? ORDER BY id`,
  );
  const end = journalId(incarnation, last);
  for (let from = journalId(incarnation, first); ;) {
    const to = endOfBlock(sizes.all(from, end));
    if (to === null) return;
    insertBlock(db, incarnation, rows.all(from, to));
    from = to + 1;
  }
}

/** The id of the last row that fits into a block; null when there is none. */
function endOfBlock(rows: readonly { id: number; bytes: number }[]): number | null {
  let bytes = 0;
  let last: number | null = null;
  for (const row of rows) {
    bytes += row.bytes;
    if (last !== null && bytes > BLOCK_BYTES) break;
    last = row.id;
  }
  return last;
}

function insertBlock(db: Connection, incarnation: number, rows: readonly OldRow[]): void {
  const columns = packColumns({
    count: rows.length,
    seqs: rows.map(({ id }) => id - journalId(incarnation, 0)),
    kinds: rows.map(({ kind }) => kind),
    occurredAt: rows.map(({ occurredAt }) => occurredAt),
    receivedAt: rows.map(({ receivedAt }) => receivedAt),
    sizes: rows.map(({ body }) => body?.length ?? null),
    places: rows.some(({ place }) => place !== null) ? rows.map(({ place }) => place) : null,
  });
  db.prepare('INSERT INTO journal_block (id, rows, columns, bodies) VALUES (?, ?, ?, ?)').run(
    rows[0]?.id,
    rows.length,
    columns,
    Buffer.concat(rows.flatMap(({ body }) => body ?? [])),
  );
}
