import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journalId } from '../../src-contract/journal.ts';
import { type BlockRow, packColumns, placesOf, unpackBlock } from './journal-block.ts';

const time = fc.oneof(fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }), fc.integer());
const row = fc.record({
  step: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 2 ** 30 })),
  kind: fc.integer({ min: 1, max: 9 }),
  occurredAt: time,
  receivedAt: time,
  place: fc.option(fc.integer({ min: 1, max: 2 ** 40 })),
  body: fc.uint8Array({ maxLength: 300 }),
});

function blockOf(rows: readonly BlockRow[]) {
  const columns = packColumns({
    count: rows.length,
    seqs: rows.map(({ id }) => id - journalId(3, 0)),
    kinds: rows.map(({ kind }) => kind),
    occurredAt: rows.map(({ occurredAt }) => occurredAt),
    receivedAt: rows.map(({ receivedAt }) => receivedAt),
    sizes: rows.map(({ body }) => body?.length ?? null),
    places: rows.every(({ place }) => place === null) ? null : rows.map(({ place }) => place),
  });
  const bodies = Buffer.concat(rows.flatMap(({ body }) => body ?? []));
  return { id: rows[0]?.id ?? 0, rows: rows.length, columns, bodies };
}

describe('a block of the journal', () => {
  it('gives back the rows that it was made of', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (made) => {
        let seq = 0;
        const rows = made.map(({ step, body, place, ...one }): BlockRow => ({
          ...one,
          kind: one.kind as BlockRow['kind'],
          id: journalId(3, (seq += step)),
          place,
          body: place === null ? body : null,
        }));
        const block = blockOf(rows);
        const read = unpackBlock(block);
        expect(read.map((one) => ({ ...one, body: one.body && new Uint8Array(one.body) }))).toEqual(rows);
        expect(placesOf(block)).toEqual(rows.flatMap(({ place }) => place ?? []));
      }),
    );
  });

  it('takes few bytes beside the bodies: rows of one batch come close together', () => {
    const rows = Array.from({ length: 1_000 }, (_, index): BlockRow => ({
      id: journalId(3, 5_000_000_000 + index),
      kind: 4,
      occurredAt: 1_763_720_000_000 + (index % 7),
      receivedAt: 1_763_720_000_020 + (index >> 6),
      place: null,
      body: Buffer.from('{"symbol":"AAPL","price":101.25}'),
    }));
    expect(blockOf(rows).columns.length).toBeLessThan(5.1 * rows.length);
  });

  it('that is written in another way is refused by its number', () => {
    const block = { id: journalId(3, 1), rows: 1, columns: Buffer.from([9, 0]), bodies: Buffer.alloc(0) };
    expect(() => unpackBlock(block)).toThrow('a block of the journal has the unknown format 9');
  });
});
