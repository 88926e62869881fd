import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalPosition, type StreamRecord } from '../../src-contract/journal.ts';
import { openForReading } from './database.ts';
import { databaseFile } from './prepare-database.ts';
import { makeBatch } from './testing/batches.ts';
import { makeFolder, openFixture, type StoreFixture } from './testing/store-fixture.ts';

let world: ReturnType<typeof makeFolder>;
let store: StoreFixture;
let stream: StreamRecord;

beforeEach(() => {
  world = makeFolder();
  store = openFixture(world.folder);
  stream = store.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
});

afterEach(() => {
  store.close();
  world.remove();
});

/** First sequence and number of rows of each block, as they lie in the file. */
function blocks(): [number, number][] {
  const db = openForReading(databaseFile(world.folder));
  const rows = db
    .prepare<[], { id: number; rows: number }>('SELECT id, rows FROM journal_block ORDER BY id')
    .all();
  db.close();
  return rows.map(({ id, rows: count }) => [journalPosition(id).seq, count]);
}

function replayed(): [number, unknown][] {
  return store.reader
    .replay('dev', 0, 1e6)
    .flatMap(({ rows }) => rows)
    .map(({ id, body }) => [journalPosition(id).seq, text(body)]);
}

function text(body: Uint8Array | null): unknown {
  return body === null ? null : JSON.parse(Buffer.from(body).toString());
}

const seqs = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ seq: first + index, body: { n: first + index } }));

describe('the journal in blocks', () => {
  it('keeps a batch as one block, and gives every row back', () => {
    store.writer.commit(makeBatch(stream, seqs(1, 300)));
    expect(blocks()).toEqual([[1, 300]]);
    expect(replayed()).toEqual(seqs(1, 300).map(({ seq, body }) => [seq, body]));
  });

  it('begins another block after 256 KiB of bodies, and gives one that is larger a block of its own', () => {
    const big = (seq: number, kib: number) => ({ seq, body: { pad: 'x'.repeat(kib * 1024 - 10) } });
    store.writer.commit(makeBatch(stream, [big(1, 100), big(2, 100), big(3, 100), big(4, 400), big(5, 1)]));
    expect(blocks()).toEqual([
      [1, 2],
      [3, 1],
      [4, 1],
      [5, 1],
    ]);
    expect(replayed().map(([seq]) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('never lets a block reach over what was stored before: each part ages out and is replayed by itself', () => {
    store.writer.commit(makeBatch(stream, seqs(4, 3)));
    const again = store.writer.commit(makeBatch(stream, seqs(1, 9)));
    expect(again.repeated).toEqual([3, 4, 5]);
    expect(blocks()).toEqual([
      [1, 3],
      [4, 3],
      [7, 3],
    ]);
    expect(replayed().map(([seq]) => seq)).toEqual([4, 5, 6, 1, 2, 3, 7, 8, 9]);
  });

  it('leaves bodies that somebody can ask to be forgotten out of the block, and reads them from where they are', () => {
    const rows = [
      { seq: 1, body: { n: 1 } },
      { seq: 2, key: 'alpha', body: { slug: 'alpha' } },
      { seq: 3, body: { n: 3 } },
    ];
    store.writer.commit(makeBatch(stream, rows));
    const db = openForReading(databaseFile(world.folder));
    const bodies = db.prepare<[], Buffer>('SELECT bodies FROM journal_block').pluck().get();
    db.close();
    expect(bodies?.toString()).toBe('{"n":1}{"n":3}');
    expect(replayed()).toEqual(rows.map(({ seq, body }) => [seq, body]));
  });
});
