import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journalId } from '../../src-contract/journal.ts';
import { makeBatch, makeReject } from './testing/batches.ts';
import { readUpTo } from './testing/read-up-to.ts';
import {
  makeCheckpoint,
  makeFolder,
  openFixture,
  standsInFiles,
  type StoreFixture,
} from './testing/store-fixture.ts';

const FORGOTTEN = ['forget-me-alpha', 'forget-me-beta'];
const KEPT = 'keep-me-gamma';
const SLUGS = [...FORGOTTEN, KEPT];

const size = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 400 }) },
  { weight: 1, arbitrary: fc.integer({ min: 3_000, max: 20_000 }) },
);
const event = fc.record({ slug: fc.constantFrom(...SLUGS, null, null, null), size });
const step = fc.record({
  stream: fc.integer({ min: 0, max: 2 }),
  events: fc.array(event, { minLength: 1, maxLength: 120 }),
  reject: fc.constantFrom(null, ...SLUGS),
});
const history = fc.record({
  steps: fc.array(step, { minLength: 5, maxLength: 80 }),
  /** Batches that age out before anything is forgotten. */
  aged: fc.nat(40),
  /** Opt-outs are redacted one by one, or all at once. */
  together: fc.boolean(),
});

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Commits the steps to three streams in turn, whose rows therefore lie between each other's in the journal. */
function fill({ writer }: StoreFixture, steps: readonly Step[]): { batch: number; optOut: number } {
  const streams = ['first', 'second', 'third'].map((name) => ({
    ...writer.openStream({ env: 'dev', source: 'nats', name, createdAt: 1 }, 1),
    next: 1,
  }));
  let batch = 0;
  for (const { stream: which, events, reject } of steps) {
    const stream = streams[which]!;
    const rows = events.map(({ slug, size: bytes }, index) => ({
      seq: stream.next + index,
      key: slug,
      body: { slug: slug ?? undefined, pad: 'x'.repeat(bytes) },
    }));
    stream.next += rows.length + 1;
    const rejects = reject === null ? [] : [makeReject(stream.next - 1, `{"slug":"${reject}" broken`)];
    batch = writer.commit(makeBatch(stream, rows, { rejects, lastSeq: stream.next - 1 })).batch;
  }
  return { batch, optOut: journalId(streams[0]!.incarnation, streams[0]!.next) };
}

function redactAll({ writer }: StoreFixture): void {
  for (let left = 1; left > 0;) left = writer.redact(50);
}

describe('redaction, whatever was stored before', () => {
  it('leaves a forgotten slug nowhere in the files, and the others where they are', () => {
    fc.assert(
      fc.property(history, ({ steps, aged, together }) => {
        const { folder, remove } = makeFolder();
        const store = openFixture(folder);
        const { writer, reader } = store;
        const { batch, optOut } = fill(store, steps);
        readUpTo(store, 'dev', Math.min(aged, batch));
        while (writer.retain({ maxAgeMs: 0, maxBytes: 0 }, 2_000_000, 500) > 0);
        const rows = reader.figures().journalRows;
        const bodies = reader
          .replay('dev', 0, 1e6)
          .flatMap((one) => one.rows.flatMap(({ body }) => body ?? []));
        writer.checkpoint(
          makeCheckpoint('dev', batch, {
            portfolios: SLUGS.map((slug) => ({ slug, optedInAt: 1, updatedAt: 1, holdings: [] })),
            values: SLUGS.map((slug) => ({ slug, minute: 60_000, value: 1, cost: 1 })),
            communityEvents: SLUGS.map((slug, id) => ({ id: id + 1, at: id, slug, change: 'opted_in' })),
          }),
        );
        for (const slug of SLUGS) {
          writer.audit({ actor: 'window', action: 'look', target: `portfolio:${slug}`, result: 'ok' }, 1);
        }
        for (const [index, slug] of FORGOTTEN.entries()) {
          writer.checkpoint(
            makeCheckpoint('dev', batch, { forgets: [{ slug, id: optOut + index, receivedAt: 2_000_000 }] }),
          );
          if (!together) redactAll(store);
        }
        redactAll(store);
        writer.settle();
        const found = FORGOTTEN.flatMap((slug) => standsInFiles(folder, slug));
        const left = reader
          .replay('dev', 0, 1e6)
          .flatMap((one) => one.rows.flatMap(({ body }) => body ?? []));
        const shared = reader.portfolioState('dev').portfolios.map(({ slug }) => slug);
        const rowsLeft = reader.figures().journalRows;
        store.close();
        remove();
        expect(found).toEqual([]);
        expect(shared).toEqual([KEPT]);
        expect(rowsLeft).toBe(rows);
        expect(left).toEqual(
          bodies.filter((body) => !FORGOTTEN.some((slug) => Buffer.from(body).includes(slug))),
        );
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});
