import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journalId, type StreamRecord } from '../../src-contract/journal.ts';
import { makeBatch, makeReject } from './testing/batches.ts';
import { makeCheckpoint, makeFolder, openFixture, standsInFiles } from './testing/store-fixture.ts';

const SLUGS = ['forget-me-alpha', 'forget-me-beta', 'keep-me-gamma'];

const size = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 400 }) },
  { weight: 1, arbitrary: fc.integer({ min: 3_000, max: 20_000 }) },
);
const event = fc.record({ slug: fc.constantFrom(...SLUGS, null, null, null), size });
const step = fc.record({
  stream: fc.integer({ min: 0, max: 2 }),
  events: fc.array(event, { minLength: 1, maxLength: 60 }),
  reject: fc.constantFrom(null, ...SLUGS),
});

describe('redaction, whatever was stored before', () => {
  it('leaves a forgotten slug nowhere in the files, and the others where they are', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 5, maxLength: 60 }),
        fc.integer({ min: 0, max: 3 }),
        (steps, again) => {
          const { folder, remove } = makeFolder();
          const store = openFixture(folder);
          const { writer } = store;
          const streams = ['first', 'second', 'third'].map((name) =>
            writer.openStream({ env: 'dev', source: 'nats', name, createdAt: 1 }, 1),
          );
          const next = [1, 1, 1];
          let batch = 0;
          const store1 = (
            stream: StreamRecord,
            which: number,
            events: { slug: string | null; size: number }[],
            reject: string | null,
          ) => {
            const from = next[which] ?? 1;
            const rows = events.map(({ slug, size: bytes }, index) => ({
              seq: from + index,
              key: slug,
              body: { slug: slug ?? undefined, pad: 'x'.repeat(bytes) },
            }));
            const last = from + rows.length;
            next[which] = last + 1;
            const rejects = reject === null ? [] : [makeReject(last, `{"slug":"${reject}" broken`)];
            batch = writer.commit(makeBatch(stream, rows, { rejects, lastSeq: last })).batch;
          };
          for (const { stream, events, reject } of steps) store1(streams[stream]!, stream, events, reject);
          const portfolios = SLUGS.map((slug, index) => ({
            slug,
            optedInAt: index,
            updatedAt: index,
            holdings: [],
          }));
          writer.checkpoint(
            makeCheckpoint('dev', batch, {
              portfolios,
              values: SLUGS.map((slug) => ({ slug, minute: 60_000, value: 1, cost: 1 })),
              communityEvents: SLUGS.map((slug, id) => ({
                id: id + 1,
                at: id,
                slug,
                change: 'opted_in' as const,
              })),
            }),
          );
          for (const slug of SLUGS) {
            writer.audit({ actor: 'window', action: 'look', target: `portfolio:${slug}`, result: 'ok' }, 1);
          }
          const forgotten = SLUGS.slice(0, 2);
          writer.checkpoint(
            makeCheckpoint('dev', batch, {
              forgets: forgotten.map((slug, index) => ({
                slug,
                id: journalId(streams[0]!.incarnation, next[0]! + index),
                receivedAt: 2_000_000,
              })),
            }),
          );
          for (let round = 0; round < again; round += 1) {
            store1(streams[0]!, 0, [{ slug: 'keep-me-gamma', size: 100 * round }], null);
          }
          while (writer.redact(50) > 0);
          writer.settle();
          const found = forgotten.flatMap((slug) => standsInFiles(folder, slug));
          const kept = store.reader.portfolioState('dev').portfolios.map(({ slug }) => slug);
          const rows = store.reader.figures().journalRows;
          store.close();
          remove();
          expect(found).toEqual([]);
          expect(kept).toEqual(['keep-me-gamma']);
          expect(rows).toBe(steps.reduce((sum, { events }) => sum + events.length, again));
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 15) },
    );
  });
});
