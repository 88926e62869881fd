import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { journalId, type EventBatch } from '../src-contract/journal.ts';
import { systemClock } from '../src-main/lib/clock.ts';
import { silentLog } from '../src-main/lib/log.ts';
import { openStore } from '../src-main/store/open-store.ts';
import type { BenchResult } from './report.ts';
import { interleavedMedians } from './rounds.ts';
import { sampleBatches } from './sample-batches.ts';

const BATCHES = 100;
const BATCH = 1000;
const ROUNDS = 7;
/** Rows per VALUES of the bare loops: the fastest of these is what the store is measured against. */
const BARE_WIDTHS = [1, 20, 100];

/** Rows a second into the store, against the best bare better-sqlite3 loop over the same rows, schema and durability. */
export async function run(): Promise<BenchResult> {
  const medians = await interleavedMedians(
    [
      { name: 'store', run: throughStore },
      ...BARE_WIDTHS.map((width) => ({ name: `bare ${width}`, run: () => Promise.resolve(bareLoop(width)) })),
    ],
    ROUNDS,
  );
  const best = Math.max(...BARE_WIDTHS.map((width) => medians[`bare ${width}`] ?? 0));
  return {
    name: 'store',
    ratios: [
      {
        name: 'store / best bare loop',
        value: (medians['store'] ?? 0) / best,
        meaning: 'rows/s of the writer (rows, ledger, offset; FULL) against bare multi-row inserts (FULL)',
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

function bareLoop(width: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'pulsedesk-bench-'));
  const db = new Database(join(folder, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.exec(`CREATE TABLE journal (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key INTEGER, occurred_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL, body BLOB) STRICT; CREATE INDEX journal_by_key ON journal (key) WHERE key IS NOT NULL`);
  db.pragma('synchronous = FULL');
  const insert = db.prepare(
    `INSERT INTO journal (id, kind, occurred_at, received_at, body) VALUES ${Array(width).fill('(?, ?, ?, ?, ?)').join(', ')}`,
  );
  const batches = sampleBatches(1, BATCHES, BATCH);
  const begun = performance.now();
  for (const batch of batches) db.transaction(() => insertAll(batch, insert, width))();
  const rate = (BATCHES * BATCH * 1000) / (performance.now() - begun);
  db.close();
  rmSync(folder, { recursive: true });
  return rate;
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
