import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { journalId, type EventBatch } from '../src-contract/journal.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { packColumns } from '../src-main/store/journal-block.ts';
import { openStore } from '../src-main/store/open-store.ts';
import type { BenchResult } from './report.ts';
import { interleavedMedians } from './rounds.ts';
import { sampleBatches } from './sample-batches.ts';

const BATCHES = 100;
const BATCH = 1000;
const ROUNDS = 7;
/** Rows per VALUES of the bare loops that keep a row of SQLite for each event. */
const BARE_WIDTHS = [1, 20, 100];

/**
 * Rows a second into the store, against the best bare better-sqlite3 loop over the same rows and durability: one that
 * writes the same blocks and nothing else, or one that writes a row for each event.
 */
export async function run(): Promise<BenchResult> {
  const medians = await interleavedMedians(
    [
      { name: 'store', run: throughStore },
      { name: 'bare blocks', run: () => Promise.resolve(bareBlocks()) },
      ...BARE_WIDTHS.map((width) => ({ name: `bare ${width}`, run: () => Promise.resolve(bareRows(width)) })),
    ],
    ROUNDS,
  );
  const best = Math.max(...Object.entries(medians).map(([name, rate]) => (name === 'store' ? 0 : rate)));
  return {
    name: 'store',
    ratios: [
      {
        name: 'store / best bare loop',
        value: (medians['store'] ?? 0) / best,
        meaning:
          'rows/s of the writer (rows, ledger, offset; FULL) against the best bare loop (blocks, or rows; FULL)',
        floor: 0.75,
        goal: 0.9,
      },
    ],
    absolute: Object.fromEntries(Object.entries(medians).map(([name, value]) => [`${name} rows/s`, value])),
  };
}

async function throughStore(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bench-'));
  const store = await openStore({ folder, mode: 'inline', log: silentLog, clock: systemClock });
  const stream = { env: 'dev', source: 'nats', name: 'BENCH', createdAt: 1 };
  const { incarnation } = await store.writer.openStream(stream, 1);
  const batches = sampleBatches(incarnation, BATCHES, BATCH);
  const begun = performance.now();
  for (const batch of batches) await store.writer.commit(batch);
  const rate = (BATCHES * BATCH * 1000) / (performance.now() - begun);
  await store.stop();
  rmSync(folder, { recursive: true });
  return rate;
}

function bareBlocks(): number {
  const table =
    'CREATE TABLE block (id INTEGER PRIMARY KEY, rows INTEGER NOT NULL, columns BLOB NOT NULL, bodies BLOB NOT NULL) STRICT';
  return bareLoop(table, 'INSERT INTO block (id, rows, columns, bodies) VALUES (?, ?, ?, ?)', insertBlock);
}

function bareRows(width: number): number {
  const table = `CREATE TABLE journal (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key INTEGER, occurred_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL, body BLOB) STRICT; CREATE INDEX journal_by_key ON journal (key) WHERE key IS NOT NULL`;
  const insert = `INSERT INTO journal (id, kind, occurred_at, received_at, body) VALUES ${Array(width).fill('(?, ?, ?, ?, ?)').join(', ')}`;
  return bareLoop(table, insert, (batch, statement) => insertAll(batch, statement, width));
}

function bareLoop(
  table: string,
  sql: string,
  insertBatch: (batch: EventBatch, insert: Database.Statement) => void,
): number {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bench-'));
  const db = new Database(join(folder, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.exec(table);
  db.pragma('synchronous = FULL');
  const insert = db.prepare(sql);
  const batches = sampleBatches(1, BATCHES, BATCH);
  const begun = performance.now();
  for (const batch of batches) db.transaction(() => insertBatch(batch, insert))();
  const rate = (BATCHES * BATCH * 1000) / (performance.now() - begun);
  db.close();
  rmSync(folder, { recursive: true });
  return rate;
}

function insertBlock(batch: EventBatch, insert: Database.Statement): void {
  const sizes = batch.bodyEnds.map(
    (end, index) => end - (index === 0 ? 0 : (batch.bodyEnds[index - 1] ?? 0)),
  );
  const columns = packColumns({ ...batch, sizes, places: null });
  insert.run(journalId(batch.incarnation, batch.seqs[0] ?? 0), batch.count, columns, batch.bodies);
}

function insertAll(batch: EventBatch, insert: Database.Statement, width: number): void {
  const bodies = Buffer.from(batch.bodies.buffer, batch.bodies.byteOffset, batch.bodies.byteLength);
  for (let from = 0; from < batch.count; from += width) {
    const values: (number | Buffer)[] = [];
    for (let index = from; index < from + width; index++) {
      const begin = index === 0 ? 0 : (batch.bodyEnds[index - 1] ?? 0);
      values.push(
        journalId(batch.incarnation, batch.seqs[index] ?? 0),
        batch.kinds[index] ?? 0,
        batch.occurredAt[index] ?? 0,
        batch.receivedAt[index] ?? 0,
        bodies.subarray(begin, batch.bodyEnds[index]),
      );
    }
    insert.run(...values);
  }
}
