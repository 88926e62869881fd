import { beforeEach, describe, expect, it } from 'vitest';
import { CursorError } from './cursor-error.ts';
import { StoreFailure } from './store-failure.ts';
import { ALL_REJECTS, makeBatch, makeReject } from './testing/batches.ts';
import { makeCheckpoint, type StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

const MINUTE = 60_000;

let store: StoreFixture;

beforeEach(() => {
  store = testStore();
});

describe('Reader', () => {
  it('reads an environment that nothing was stored in as empty', () => {
    const { reader } = store;
    const page = { items: [], next_cursor: null };
    expect(reader.environments()).toEqual([]);
    expect(reader.streams('dev')).toEqual([]);
    expect(reader.ledgers('dev')).toEqual([]);
    expect(reader.unknownSubjects('dev', 5)).toEqual([]);
    expect(reader.replay('dev', 0, 5)).toEqual([]);
    expect(reader.timeline('dev', 'a', 5, null)).toEqual(page);
    expect(reader.rejects('dev', ALL_REJECTS, 5, null)).toEqual(page);
    expect(reader.audit(5, null)).toEqual(page);
    expect(reader.communityHistory('dev', 0, 1, 'USD')).toEqual([]);
    expect(reader.portfolioHistory('dev', 'a', 0, 1, 'USD')).toEqual([]);
    expect(reader.portfolioState('dev')).toMatchObject({ batch: 0, portfolios: [], lastMinute: 0 });
    expect(reader.figures()).toMatchObject({ journalRows: 0, oldestEventAt: null, synchronous: 'FULL' });
  });

  it('lists a reject without a body like any other', () => {
    const stream = store.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
    store.writer.commit(makeBatch(stream, [], { rejects: [makeReject(1, '')] }));
    const { items } = store.reader.rejects('dev', ALL_REJECTS, 5, null);
    expect(items).toMatchObject([{ bytes: 0, payload: '', truncated: false }]);
  });

  it('replays whole batches, about as many rows as asked for, from any batch on', () => {
    const stream = store.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
    for (let part = 0; part < 5; part += 1) {
      const events = Array.from({ length: 10 }, (_, index) => ({ seq: part * 10 + index + 1 }));
      store.writer.commit(makeBatch(stream, events));
    }
    const sizes = (after: number, rows: number) =>
      store.reader.replay('dev', after, rows).map((batch) => [batch.batch, batch.rows.length]);
    expect(sizes(0, 25)).toEqual([
      [1, 10],
      [2, 10],
    ]);
    expect(sizes(2, 1)).toEqual([[3, 10]]);
    expect(sizes(4, 100)).toEqual([[5, 10]]);
    expect(sizes(5, 100)).toEqual([]);
  });

  it('replays less at a time when bodies are large', () => {
    const stream = store.writer.openStream({ env: 'dev', source: 'nats', name: 'S', createdAt: 1 }, 1);
    for (let seq = 1; seq <= 5; seq += 1) {
      store.writer.commit(makeBatch(stream, [{ seq, body: 'x'.repeat(6_000_000) }]));
    }
    expect(store.reader.replay('dev', 0, 1_000).map(({ batch }) => batch)).toEqual([1, 2]);
  });

  it('shows a long history as the last values of equal parts of it', () => {
    const minutes = Array.from({ length: 12_000 }, (_, index) => index * MINUTE);
    store.writer.checkpoint(
      makeCheckpoint('dev', 0, {
        community: minutes.map((minute) => ({ minute, value: minute / MINUTE, cost: 1, portfolioCount: 2 })),
      }),
    );
    const day = store.reader.communityHistory('dev', 0, 1_439 * MINUTE, 'USD');
    expect(day).toHaveLength(1_440);
    const all = store.reader.communityHistory('dev', 0, 11_999 * MINUTE, 'USD');
    expect(all).toHaveLength(4_000);
    expect(all.slice(0, 2).map(({ value }) => value.amount)).toEqual(['0.02', '0.05']);
    expect(all.at(-1)).toEqual({
      at: '1970-01-09T07:59:00.000Z',
      value: { amount: '119.99', currency: 'USD' },
      cost: { amount: '0.01', currency: 'USD' },
      portfolio_count: 2,
    });
  });

  it('gives the last hour of each portfolio as its spark', () => {
    const portfolios = ['a', 'b'].map((slug) => ({ slug, optedInAt: 1, updatedAt: 1, holdings: [] }));
    const values = Array.from({ length: 70 }, (_, index) => index).map((index) => ({
      slug: 'a',
      minute: index * MINUTE,
      value: index,
      cost: 0,
    }));
    store.writer.checkpoint(makeCheckpoint('dev', 0, { portfolios, values }));
    const [spark, empty] = store.reader.portfolioState('dev').sparks;
    expect(spark?.points.map(({ value }) => value)).toEqual(values.slice(10).map(({ value }) => value));
    expect(empty).toEqual({ slug: 'b', points: [] });
  });

  it.each(['junk', '', 'cmVqZWN0czo1', 'dGltZWxpbmU6MQ', 'dGltZWxpbmU6MSxh'])(
    'says that "%s" is no cursor of a timeline',
    (cursor) => {
      store.writer.checkpoint(makeCheckpoint('dev', 0));
      expect(() => store.reader.timeline('dev', 'a', 5, cursor)).toThrow(CursorError);
      expect(() => store.reader.timeline('dev', 'a', 5, cursor)).toThrow(/next_cursor of the page before/);
    },
  );

  it('refuses calls once it is closed', () => {
    store.reader.close();
    expect(() => store.reader.figures()).toThrow(StoreFailure);
    store.writer.close();
    expect(() => store.writer.settle()).toThrow('the store is closed');
  });
});
