import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journalId, type StreamRecord } from '../../src-contract/journal.ts';
import { makeBatch, makeReject } from './testing/batches.ts';
import { makeFolder, openFixture } from './testing/store-fixture.ts';

/** What the messages of a stream are: fixed, so that reading a part of it again gives the same. */
function messageAt(seq: number): 'event' | 'reject' | 'other' | 'hole' {
  if (seq % 7 === 3) return 'reject';
  if (seq % 11 === 5) return 'other';
  return seq % 13 === 6 ? 'hole' : 'event';
}

function read(stream: StreamRecord, from: number, to: number) {
  const seqs = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const of = (kind: string) => seqs.filter((seq) => messageAt(seq) === kind);
  return {
    events: of('event'),
    rejects: of('reject'),
    batch: makeBatch(
      stream,
      of('event').map((seq) => ({ seq })),
      {
        rejects: of('reject').map((seq) => makeReject(seq)),
        others: of('other').length === 0 ? [] : [{ subject: 'weather.changed', count: of('other').length }],
        lastSeq: to,
      },
    ),
  };
}

interface Model {
  stored: Map<number, number>;
  rejected: Set<number>;
  repeated: number;
  offset: number;
}

const span = fc.record({
  stream: fc.integer({ min: 0, max: 1 }),
  from: fc.integer({ min: 1, max: 120 }),
  length: fc.integer({ min: 1, max: 40 }),
});

describe('commits of any spans of two streams, overlapping, repeated and out of order', () => {
  it('store every message once, and keep offsets, ledger and commit order as a model does', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 25 }), (spans) => {
        const { folder, remove } = makeFolder();
        const store = openFixture(folder);
        const streams = ['first', 'second'].map((name) =>
          store.writer.openStream({ env: 'dev', source: name, name, createdAt: 1 }, 1),
        );
        const models = streams.map((): Model => ({
          stored: new Map(),
          rejected: new Set(),
          repeated: 0,
          offset: 0,
        }));
        const order: number[] = [];
        for (const { stream: which, from, length } of spans) {
          const stream = streams[which]!;
          const model = models[which]!;
          const part = read(stream, from, from + length - 1);
          const fresh = part.events.filter((seq) => !model.stored.has(seq));
          const repeatedRejects = part.rejects.filter((seq) => model.rejected.has(seq)).length;
          const answer = store.writer.commit(part.batch);
          expect(answer.repeated ?? []).toEqual(
            [...part.events.keys()].filter((index) => model.stored.has(part.events[index]!)),
          );
          expect(answer.repeatedRejects).toBe(repeatedRejects);
          for (const seq of fresh) {
            model.stored.set(seq, answer.batch);
            order.push(journalId(stream.incarnation, seq));
          }
          model.repeated += part.events.length - fresh.length + repeatedRejects;
          for (const seq of part.rejects) model.rejected.add(seq);
          model.offset = Math.max(model.offset, from + length - 1);
        }
        const { reader } = store;
        const ledgers = new Map(reader.ledgers('dev').map((entry) => [entry.source, entry]));
        for (const [index, { source }] of streams.entries()) {
          const model = models[index]!;
          expect(ledgers.get(source)).toMatchObject({
            stored: model.stored.size,
            repeated: model.repeated,
            rejected: model.rejected.size,
          });
          expect(reader.streams('dev')[index]!.storedSeq).toBe(model.offset);
        }
        expect(reader.figures().journalRows).toBe(order.length);
        const replayed = reader.replay('dev', 0, 1_000_000);
        expect(replayed.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(order);
        expect(replayed.map(({ batch }) => batch)).toEqual(
          replayed.map(({ batch }) => batch).toSorted((a, b) => a - b),
        );
        store.close();
        remove();
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});
