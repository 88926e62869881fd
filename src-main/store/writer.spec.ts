import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StreamRecord } from '../../src-contract/journal.ts';
import { openForReading, openForWriting } from './database.ts';
import { databaseFile } from './prepare-database.ts';
import { ALL_REJECTS, makeBatch, makeReject } from './testing/batches.ts';
import { makeFolder, openFixture, type StoreFixture } from './testing/store-fixture.ts';

const IDENTITY = { env: 'dev', source: 'nats', name: 'PULSE_DEV', createdAt: 1_000 };

let folder: string;
let remove: () => void;
let store: StoreFixture;
let stream: StreamRecord;

beforeEach(() => {
  ({ folder, remove } = makeFolder());
  store = openFixture(folder);
  stream = store.writer.openStream(IDENTITY, 5);
});

afterEach(() => {
  store.close();
  remove();
});

/** Fills the audit list in one go: one entry per transaction takes its time. */
function seedAudit(data: string, count: number): void {
  const db = openForWriting(databaseFile(data));
  db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO audit (at, actor, action, target, result) SELECT i, 'a', 'b', 'c', 'd' FROM n`);
  db.close();
}

describe('Writer.commit', () => {
  it('stores what it was given: kinds, times, bodies and the source', () => {
    store.writer.commit(makeBatch(stream, [{ seq: 4, kind: 6, at: 777, body: { user: 'a', type: 'ü' } }]));
    const [batch] = store.reader.replay('dev', 0, 10);
    expect(batch).toMatchObject({ batch: 1, source: 'nats' });
    const [row] = batch?.rows ?? [];
    expect(row).toMatchObject({
      id: stream.incarnation * 2 ** 40 + 4,
      kind: 6,
      occurredAt: 777,
      receivedAt: 782,
    });
    expect(Buffer.from(row?.body ?? []).toString()).toBe('{"user":"a","type":"ü"}');
  });

  it.each([1, 20, 21, 99, 100, 101, 120, 173, 230])(
    'stores each of %i rows once, portfolios or not',
    (count) => {
      const seqs = Array.from({ length: 2 * count }, (_, index) => index + 1);
      const prices = seqs.slice(0, count).map((seq) => ({ seq }));
      const others = seqs.slice(count).map((seq) => ({ seq, key: seq % 3 ? null : 'a' }));
      expect(store.writer.commit(makeBatch(stream, prices)).repeated).toBeNull();
      expect(store.writer.commit(makeBatch(stream, others)).repeated).toBeNull();
      const rows = store.reader.replay('dev', 0, 10_000).flatMap((batch) => batch.rows);
      expect(rows.map((row) => row.id - stream.incarnation * 2 ** 40)).toEqual(seqs);
      const bodies = rows.map(
        ({ body }) => JSON.parse(Buffer.from(body ?? []).toString()) as { seq: number },
      );
      expect(bodies.map(({ seq }) => seq)).toEqual(seqs);
      expect(store.reader.figures().journalRows).toBe(2 * count);
    },
  );

  it('numbers batches in the order of commits across environments', () => {
    const other = store.writer.openStream({ ...IDENTITY, env: 'prod' }, 5);
    const numbers = [stream, other, stream].map(
      (target, index) => store.writer.commit(makeBatch(target, [{ seq: index + 1 }])).batch,
    );
    expect(numbers).toEqual([1, 2, 3]);
    expect(store.reader.replay('dev', 0, 10).map(({ batch }) => batch)).toEqual([1, 3]);
    expect(store.reader.replay('prod', 0, 10).map(({ batch }) => batch)).toEqual([2]);
  });

  it('moves the offset over messages of which nothing is kept, without a batch of its own', () => {
    store.writer.commit(makeBatch(stream, [{ seq: 1 }]));
    const answer = store.writer.commit(
      makeBatch(stream, [], { others: [{ subject: 'a.b', count: 3 }], lastSeq: 9 }),
    );
    expect(answer).toEqual({ batch: 1, repeated: null, repeatedRejects: 0, movedRejects: 0 });
    expect(store.reader.streams('dev')[0]?.storedSeq).toBe(9);
    expect(store.reader.ledgers('dev')).toEqual([
      { env: 'dev', source: 'nats', stored: 1, repeated: 0, rejected: 0, other: 3 },
    ]);
  });

  it('does not count unknown subjects again when a batch is repeated', () => {
    const others = [{ subject: 'a.b', count: 3 }];
    store.writer.commit(makeBatch(stream, [{ seq: 2 }], { others }));
    store.writer.commit(makeBatch(stream, [{ seq: 2 }], { others }));
    expect(store.reader.unknownSubjects('dev', 10)).toEqual([{ subject: 'a.b', count: 3 }]);
  });

  it('keeps 1,000 names of unknown subjects and counts the rest together', () => {
    const others = Array.from({ length: 1_005 }, (_, index) => ({ subject: `s.${index}`, count: 1 }));
    store.writer.commit(makeBatch(stream, [], { others, lastSeq: 1_005 }));
    const subjects = store.reader.unknownSubjects('dev', 2_000);
    expect(subjects).toHaveLength(1_001);
    expect(subjects[0]).toEqual({ subject: 'other', count: 5 });
  });

  it('stores nothing of a batch that contradicts itself', () => {
    const good = makeBatch(stream, [{ seq: 1 }, { seq: 2 }]);
    const wrong = [
      { ...good, env: 'prod' },
      { ...good, source: 'demo' },
      { ...good, lastSeq: 1 },
      { ...good, lastSeq: 2 ** 40 },
      { ...good, count: 3 },
      { ...good, seqs: Float64Array.of(2, 2) },
      { ...good, seqs: Float64Array.of(0, 1) },
      { ...good, bodies: good.bodies.subarray(1) },
      { ...good, incarnation: 99 },
    ];
    for (const batch of wrong) expect(() => store.writer.commit(batch)).toThrow(RangeError);
    expect(store.reader.figures().journalRows).toBe(0);
    expect(store.reader.streams('dev')[0]?.storedSeq).toBe(0);
  });

  it('refuses a batch while the one that it follows is not stored', () => {
    const first = makeBatch(stream, [{ seq: 1 }, { seq: 2 }]);
    const second = makeBatch(stream, [{ seq: 5 }], { follows: 2 });
    expect(() => store.writer.commit(second)).toThrow(expect.objectContaining({ code: 'order' }));
    expect(store.reader.streams('dev')[0]?.storedSeq).toBe(0);
    store.writer.commit(first);
    store.writer.commit(second);
    expect(store.reader.streams('dev')[0]?.storedSeq).toBe(5);
    expect(store.reader.figures().journalRows).toBe(3);
  });

  it('counts what was only confirmed as repeated, moves the offset, and takes it no second time', () => {
    const batch = makeBatch(stream, [{ seq: 1 }], { confirmed: 3, lastSeq: 4 });
    store.writer.commit(batch);
    store.writer.commit(batch);
    store.writer.commit(makeBatch(stream, [], { confirmed: 2, lastSeq: 6, follows: 4 }));
    expect(store.reader.streams('dev')[0]?.storedSeq).toBe(6);
    expect(store.reader.figures().journalRows).toBe(1);
    expect(store.reader.ledgers('dev')).toMatchObject([{ source: 'nats', stored: 1, repeated: 6 }]);
  });

  it('takes a batch that follows one whose end a gap has passed', () => {
    store.writer.commit(makeBatch(stream, [{ seq: 1 }]));
    store.writer.recordGap(stream.incarnation, { firstSeq: 2, lastSeq: 8, reason: 'aged out' }, 5);
    store.writer.commit(makeBatch(stream, [{ seq: 9 }], { follows: 1 }));
    expect(store.reader.streams('dev')[0]?.storedSeq).toBe(9);
  });

  it('takes all of a batch back when one part of it fails', () => {
    const batch = makeBatch(stream, [{ seq: 1 }], { rejects: [makeReject(2)] });
    const broken = { ...batch, others: [{ subject: 'a', count: Number.NaN }] };
    expect(() => store.writer.commit(broken)).toThrow();
    expect(store.reader.figures().journalRows).toBe(0);
    expect(store.reader.rejects('dev', ALL_REJECTS, 10, null).items).toEqual([]);
    expect(store.writer.commit(batch)).toEqual({
      batch: 1,
      repeated: null,
      repeatedRejects: 0,
      movedRejects: 0,
    });
  });
});

describe('Writer.openStream', () => {
  it('gives the same stream the same incarnation, and one made again another', () => {
    store.writer.commit(makeBatch(stream, [{ seq: 7 }]));
    expect(store.writer.openStream(IDENTITY, 6)).toMatchObject({
      incarnation: stream.incarnation,
      storedSeq: 7,
      active: true,
    });
    const again = store.writer.openStream({ ...IDENTITY, createdAt: 2_000 }, 7);
    expect(again).toMatchObject({ storedSeq: 0, active: true });
    expect(store.reader.streams('dev').map(({ incarnation, active }) => [incarnation, active])).toEqual([
      [stream.incarnation, false],
      [again.incarnation, true],
    ]);
  });

  it('keeps environments apart', () => {
    const prod = store.writer.openStream({ ...IDENTITY, env: 'prod' }, 5);
    expect(prod.incarnation).not.toBe(stream.incarnation);
    expect(store.reader.environments()).toEqual(['dev', 'prod']);
    expect(store.reader.streams('prod')).toEqual([prod]);
  });

  it('refuses what is no environment, naming it', () => {
    expect(() => store.writer.openStream({ ...IDENTITY, env: 'Dev!' }, 5)).toThrow(
      /a-z, 0-9 and -, not "Dev!"/,
    );
  });
});

describe('Writer.recordGap', () => {
  it('keeps what the server dropped, and goes on behind it', () => {
    store.writer.recordGap(stream.incarnation, { firstSeq: 1, lastSeq: 40, reason: 'aged out' }, 9);
    store.writer.recordGap(stream.incarnation, { firstSeq: 1, lastSeq: 40, reason: 'aged out' }, 10);
    expect(store.reader.streams('dev')).toMatchObject([
      { storedSeq: 40, gaps: [{ firstSeq: 1, lastSeq: 40, noticedAt: 9, reason: 'aged out' }] },
    ]);
  });

  it('shows the latest 20', () => {
    for (let seq = 1; seq <= 25; seq += 1) {
      store.writer.recordGap(stream.incarnation, { firstSeq: seq * 2, lastSeq: seq * 2, reason: 'x' }, seq);
    }
    const gaps = store.reader.streams('dev')[0]?.gaps ?? [];
    expect(gaps.map(({ noticedAt }) => noticedAt)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 6),
    );
  });
});

describe('Writer.passOver', () => {
  it('moves the offset on, never back, and keeps no gap', () => {
    store.writer.passOver(stream.incarnation, 40);
    store.writer.passOver(stream.incarnation, 30);
    expect(store.reader.streams('dev')).toMatchObject([{ storedSeq: 40, gaps: [] }]);
  });

  it('knows the stream it is about', () => {
    expect(() => store.writer.passOver(stream.incarnation + 1, 40)).toThrow(/stream/);
  });
});

describe('what is kept beside the journal', () => {
  it('lists rejects newest first, page by page, with reason and payload', () => {
    store.writer.commit(makeBatch(stream, [], { rejects: [1, 2, 3, 4, 5].map((seq) => makeReject(seq)) }));
    const first = store.reader.rejects('dev', ALL_REJECTS, 2, null);
    const second = store.reader.rejects('dev', ALL_REJECTS, 2, first.next_cursor);
    const third = store.reader.rejects('dev', ALL_REJECTS, 2, second.next_cursor);
    const payloads = [first, second, third].map(({ items }) => items.map(({ payload }) => payload));
    expect(payloads).toEqual([['{"slug": 5', '{"slug": 4'], ['{"slug": 3', '{"slug": 2'], ['{"slug": 1']]);
    expect(third.next_cursor).toBeNull();
    expect(first.items[0]).toMatchObject({
      env: 'dev',
      source: 'nats',
      subject: 'portfolio.updated',
      reason: 'the body is not JSON',
      bytes: 10,
      truncated: false,
    });
  });

  it('keeps the newest rejects up to 64 MiB, and goes on counting', () => {
    const body = 'x'.repeat(1024 * 1024);
    for (let seq = 1; seq <= 70; seq += 1) {
      store.writer.commit(makeBatch(stream, [], { rejects: [makeReject(seq, body)] }));
    }
    expect(store.reader.rejects('dev', ALL_REJECTS, 100, null).items).toHaveLength(64);
    expect(store.reader.ledgers('dev')[0]?.rejected).toBe(70);
  });

  it('keeps the newest 10,000 rejects', () => {
    for (let part = 0; part < 12; part += 1) {
      const rejects = Array.from({ length: 1_000 }, (_, index) => makeReject(part * 1_000 + index + 1, '{'));
      store.writer.commit(makeBatch(stream, [], { rejects }));
    }
    let cursor: string | null = null;
    let rows = 0;
    do {
      const page = store.reader.rejects('dev', ALL_REJECTS, 1_000, cursor);
      rows += page.items.length;
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(rows).toBe(10_000);
  });

  it('lists audit entries newest first and keeps 10,000', () => {
    seedAudit(folder, 10_000);
    for (const at of [10_001, 10_002, 10_003]) {
      store.writer.audit({ actor: 'window', action: 'switch', target: 'env:dev', result: 'ok' }, at);
    }
    const page = store.reader.audit(2, null);
    expect(page.items.map(({ id }) => id)).toEqual([10_003, 10_002]);
    expect(page.items[0]?.at).toBe('1970-01-01T00:00:10.003Z');
    const rest = store.reader.audit(1_000, page.next_cursor);
    expect(rest.items[0]?.id).toBe(10_001);
    const db = openForReading(databaseFile(folder));
    expect(db.prepare('SELECT count(*) FROM audit').pluck().get()).toBe(10_000);
    db.close();
  });

  it('keeps the instance id of the first start', () => {
    expect(store.writer.instanceId('one')).toBe('one');
    expect(store.writer.instanceId('two')).toBe('one');
  });
});
