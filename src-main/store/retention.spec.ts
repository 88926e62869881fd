import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROJECTIONS } from './checkpoint-table.ts';
import { makeBatch } from './testing/batches.ts';
import { makeTickerCheckpoint } from './testing/candles.ts';
import { makeAnalyticsCheckpoint } from './testing/events.ts';
import { READ_UP_TO, readUpTo } from './testing/read-up-to.ts';
import { makeCheckpoint, makeFolder, openFixture, type StoreFixture } from './testing/store-fixture.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;
const ALL = { maxAgeMs: 0, maxBytes: 0 };

function withStore(work: (store: StoreFixture) => void, monotonic?: () => number): void {
  const { folder, remove } = makeFolder();
  const store = openFixture(folder, monotonic === undefined ? {} : { monotonic });
  try {
    work(store);
  } finally {
    store.close();
    remove();
  }
}

function openStream(store: StoreFixture, env = 'dev') {
  return store.writer.openStream({ env, source: 'nats', name: 'S', createdAt: 1 }, 1);
}

function retainAll(store: StoreFixture, limits = ALL): number {
  let rows = 0;
  for (let gone = 1; gone > 0; rows += gone) gone = store.writer.retain(limits, NOW, 300);
  return rows;
}

const seqsOf = (store: StoreFixture, env: string): number[] =>
  store.reader.replay(env, 0, 100_000).flatMap(({ rows }) => rows.map(({ id }) => id % 2 ** 40));

describe('Writer.retain', () => {
  it('deletes batches older than the limit, and keeps ledger and offset', () => {
    withStore((store) => {
      const stream = openStream(store);
      for (const [index, days] of [1, 50, 99].entries()) {
        store.writer.commit(makeBatch(stream, [{ seq: index + 1, at: days * DAY }]));
      }
      readUpTo(store, 'dev', 3);
      expect(retainAll(store, { maxAgeMs: 10 * DAY, maxBytes: 1e12 })).toBe(2);
      expect(seqsOf(store, 'dev')).toEqual([3]);
      expect(store.reader.figures()).toMatchObject({ journalRows: 1, oldestEventAt: 99 * DAY });
      expect(store.reader.ledgers('dev')[0]?.stored).toBe(3);
      expect(store.reader.streams('dev')[0]?.storedSeq).toBe(3);
    });
  });

  it('deletes the oldest while the database is larger than the limit', () => {
    withStore((store) => {
      const stream = openStream(store);
      for (let seq = 1; seq <= 40; seq += 1) {
        store.writer.commit(makeBatch(stream, [{ seq, at: NOW, body: 'x'.repeat(100_000) }]));
      }
      readUpTo(store, 'dev', 40);
      retainAll(store, { maxAgeMs: 1e12, maxBytes: 2_000_000 });
      const left = seqsOf(store, 'dev');
      expect(left.at(-1)).toBe(40);
      expect(left.length).toBeGreaterThan(10);
      expect(left.length).toBeLessThan(20);
      expect(left).toEqual(Array.from({ length: left.length }, (_, index) => 41 - left.length + index));
    });
  });

  it('never deletes what a projection has not seen, in any environment', () => {
    const position = fc.tuple(...PROJECTIONS.map(() => fc.nat(35)));
    const plan = fc.record({
      commits: fc.array(
        fc.record({
          env: fc.constantFrom('dev' as const, 'prod' as const, 'beta' as const),
          rows: fc.integer({ min: 1, max: 30 }),
        }),
        {
          minLength: 1,
          maxLength: 30,
        },
      ),
      seen: fc.record({ dev: position, prod: position }),
    });
    fc.assert(
      fc.property(plan, ({ commits, seen }) => {
        withStore((store) => {
          const next = { dev: 1, prod: 1, beta: 1 };
          const stored = commits.map(({ env, rows }) => {
            const stream = openStream(store, env);
            const from = next[env];
            next[env] = from + rows;
            const events = Array.from({ length: rows }, (_, index) => ({ seq: from + index }));
            return { env, batch: store.writer.commit(makeBatch(stream, events)).batch, rows };
          });
          for (const [env, positions] of Object.entries(seen)) {
            for (const [index, name] of PROJECTIONS.entries())
              READ_UP_TO[name](store, env, positions[index]!);
          }
          retainAll(store);
          const kept = stored.filter(({ env, batch }) => env === 'beta' || batch > Math.min(...seen[env]));
          for (const env of ['dev', 'prod', 'beta'] as const) {
            expect(store.reader.replay(env, 0, 100_000).map(({ batch }) => batch)).toEqual(
              kept.filter((one) => one.env === env).map(({ batch }) => batch),
            );
          }
          expect(store.reader.figures().journalRows).toBe(kept.reduce((sum, { rows }) => sum + rows, 0));
        });
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it('keeps what one of the projections has never begun to read', () => {
    withStore((store) => {
      store.writer.commit(makeBatch(openStream(store), [{ seq: 1 }]));
      for (const name of PROJECTIONS) {
        expect(retainAll(store)).toBe(0);
        READ_UP_TO[name](store, 'dev', 1);
      }
      expect(retainAll(store)).toBe(1);
    });
  });

  it('does not count candles when it looks at the size', () => {
    withStore((store) => {
      store.writer.commit(makeBatch(openStream(store), [{ seq: 1 }]));
      const rows = Array.from({ length: 20_000 }, (_, index) => ({
        level: '1s' as const,
        start: index * 1_000,
        open: 10.5 + index,
        openId: 2 ** 41 + index,
      }));
      readUpTo(store, 'dev', 1);
      store.writer.tickerCheckpoint(makeTickerCheckpoint('dev', 1, rows));
      expect(retainAll(store, { maxAgeMs: 1e15, maxBytes: 600_000 })).toBe(0);
    });
  });

  it('does not count rollups of events, nor names, when it looks at the size', () => {
    withStore((store) => {
      const stream = openStream(store);
      const ids = Array.from({ length: 5_000 }, (_, event) => ({ event, id: `a rather long name ${event}` }));
      const events = ids.map(({ event }) => ({ seq: event + 1, kind: 7, body: 1 }));
      store.writer.commit(makeBatch(stream, events, { ids }));
      readUpTo(store, 'dev', 1);
      const rows = Array.from({ length: 10_000 }, (_, minute) => ({ start: minute * 60_000 }));
      store.writer.analyticsCheckpoint(makeAnalyticsCheckpoint('dev', 1, rows));
      expect(retainAll(store, { maxAgeMs: 1e15, maxBytes: 600_000 })).toBe(0);
    });
  });

  it('counts a packed row as one row, and leaves the ledger its events', () => {
    withStore((store) => {
      const stream = openStream(store);
      store.writer.commit(makeBatch(stream, [{ seq: 1, body: [1, 2, 3] }, { seq: 2 }], { parts: [3, 1] }));
      readUpTo(store, 'dev', 1);
      expect(retainAll(store)).toBe(2);
      expect(store.reader.figures().journalRows).toBe(0);
      expect(store.reader.ledgers('dev')).toMatchObject([{ stored: 4 }]);
    });
  });

  it('goes on numbering batches upwards after all of them are gone', () => {
    withStore((store) => {
      const stream = openStream(store);
      store.writer.commit(makeBatch(stream, [{ seq: 1 }]));
      store.writer.commit(makeBatch(stream, [{ seq: 2 }]));
      readUpTo(store, 'dev', 2);
      retainAll(store);
      expect(store.reader.figures()).toMatchObject({ journalRows: 0, oldestEventAt: null });
      expect(store.writer.commit(makeBatch(stream, [{ seq: 3 }])).batch).toBe(3);
    });
  });

  it('knows again what aged out', () => {
    withStore((store) => {
      const stream = openStream(store);
      const batch = makeBatch(stream, [{ seq: 1 }, { seq: 2 }]);
      store.writer.commit(batch);
      readUpTo(store, 'dev', 1);
      retainAll(store);
      expect(store.writer.commit(batch).repeated).toEqual([0, 1]);
      expect(store.reader.figures().journalRows).toBe(0);
    });
  });

  it('ends a slice after 20 ms, and goes on in the next', () => {
    let time = 0;
    withStore(
      (store) => {
        const stream = openStream(store);
        for (let part = 0; part < 4; part += 1) {
          const events = Array.from({ length: 200 }, (_, index) => ({ seq: part * 200 + index + 1 }));
          store.writer.commit(makeBatch(stream, events));
        }
        readUpTo(store, 'dev', 4);
        const slice = store.writer.retain(ALL, NOW, 10_000);
        expect(slice).toBeGreaterThan(0);
        expect(slice).toBeLessThan(800);
        retainAll(store);
        expect(store.reader.figures().journalRows).toBe(0);
      },
      () => (time += 7),
    );
  });

  it('keeps minutes of value history for 90 days', () => {
    withStore((store) => {
      const minutes = [NOW - 91 * DAY, NOW - 89 * DAY, NOW];
      store.writer.checkpoint(
        makeCheckpoint('dev', 0, {
          portfolios: [{ slug: 'one', optedInAt: 1, updatedAt: 1, holdings: [] }],
          values: minutes.map((minute) => ({ slug: 'one', minute, value: 1, cost: 1 })),
          community: minutes.map((minute) => ({ minute, value: 1, cost: 1, portfolioCount: 1 })),
        }),
      );
      expect(retainAll(store)).toBe(2);
      expect(store.reader.portfolioHistory('dev', 'one', 0, NOW, 'USD')).toHaveLength(2);
      expect(store.reader.communityHistory('dev', 0, NOW, 'USD')).toHaveLength(2);
    });
  });
});
