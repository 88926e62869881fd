import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { BatchColumns } from './batch-columns.ts';

const row = fc.record({
  seq: fc.integer({ min: 1, max: 2 ** 40 }),
  kind: fc.integer({ min: 1, max: 255 }),
  occurredAt: fc.double({ noNaN: true }),
  receivedAt: fc.integer({ min: 0, max: 2 ** 50 }),
  body: fc.uint8Array({ maxLength: 40 }),
  key: fc.option(fc.string(), { freq: 3 }),
  events: fc.option(fc.integer({ min: 2, max: 65_535 }), { freq: 3 }),
});

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

function add(columns: BatchColumns, rows: readonly Row[]): void {
  for (const { seq, kind, occurredAt, receivedAt, body, key, events } of rows) {
    columns.place(body);
    columns.add(seq, kind, occurredAt, receivedAt, body.length);
    if (key !== null) columns.key(key);
    if (events !== null) columns.holds(events);
  }
}

describe('BatchColumns', () => {
  it('gives back every row of every batch, in whatever order some have a key or hold several events', () => {
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 12 }), { maxLength: 3 }), (batches) => {
        const columns = new BatchColumns(12, 1_000);
        for (const rows of batches) {
          add(columns, rows);
          expect(columns.rows).toBe(rows.length);
          const taken = columns.take();
          expect([...taken.seqs]).toEqual(rows.map(({ seq }) => seq));
          expect([...taken.kinds]).toEqual(rows.map(({ kind }) => kind));
          expect([...taken.occurredAt]).toEqual(rows.map(({ occurredAt }) => occurredAt));
          expect([...taken.receivedAt]).toEqual(rows.map(({ receivedAt }) => receivedAt));
          const bodies = rows.map((_, index) =>
            taken.bodies.subarray(taken.bodyEnds[index - 1] ?? 0, taken.bodyEnds[index]),
          );
          expect(bodies.map((body) => [...body])).toEqual(rows.map(({ body }) => [...body]));
          expect(taken.keys ?? rows.map(() => null)).toEqual(rows.map(({ key }) => key));
          expect([...(taken.parts ?? rows.map(() => 1))]).toEqual(rows.map(({ events }) => events ?? 1));
        }
      }),
    );
  });

  it('has neither keys nor parts while no row has one', () => {
    const columns = new BatchColumns(2, 1_000);
    const plain = {
      seq: 1,
      kind: 4,
      occurredAt: 1,
      receivedAt: 2,
      body: Buffer.from('{}'),
      key: null,
      events: null,
    };
    add(columns, [{ ...plain, key: 'a', events: 2 }]);
    expect(columns.take()).toMatchObject({ keys: ['a'], parts: new Uint16Array([2]) });
    add(columns, [plain]);
    expect(columns.take()).toMatchObject({ keys: null, parts: null });
  });

  it('lays all of a batch into one buffer of just its size, which later batches leave alone', () => {
    const columns = new BatchColumns(10, 1_000);
    columns.place(Buffer.from('first'));
    columns.add(1, 4, 10, 20, 5);
    columns.holds(3);
    const taken = columns.take();
    const views = [taken.seqs, taken.occurredAt, taken.receivedAt, taken.bodyEnds, taken.parts, taken.kinds];
    for (const view of views) expect(view?.buffer).toBe(taken.bodies.buffer);
    expect(taken.bodies.buffer.byteLength).toBe(24 + 4 + 2 + 1 + 5);
    columns.place(Buffer.from('other'));
    columns.add(2, 5, 11, 21, 5);
    columns.take();
    expect(Buffer.from(taken.bodies).toString()).toBe('first');
    expect([...taken.seqs]).toEqual([1]);
  });

  it('makes room for large bodies, and lets go of it', () => {
    const columns = new BatchColumns(10, 100_000);
    const large = Buffer.alloc(150_000, 'x');
    columns.place(Buffer.from('small'));
    columns.add(1, 4, 10, 20, 5);
    expect(columns.place(large)).toBe(5);
    columns.add(2, 4, 10, 20, large.length);
    expect(columns.bytes).toBe(150_005);
    expect(columns.buffer.length).toBeGreaterThanOrEqual(150_005);
    expect(Buffer.from(columns.take().bodies).equals(Buffer.concat([Buffer.from('small'), large]))).toBe(
      true,
    );
    expect(columns.buffer.length).toBe(64 * 1024);
  });
});
