import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PortfolioCheckpoint, TimelineRecord } from '../../src-contract/checkpoint.ts';
import { makeCheckpoint, type StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

let store: StoreFixture;

beforeEach(() => {
  store = testStore();
});

const portfolio = (slug: string, quantity = 1) => ({
  slug,
  optedInAt: 1_000,
  updatedAt: 2_000 + quantity,
  holdings: [{ symbol: 'AAPL', quantity, avgPrice: 150.5 }],
});

const entry = (slug: string, id: number): TimelineRecord => ({
  id,
  slug,
  at: id * 10,
  change: 'updated',
  holdingCount: 1,
  added: [`S${id}`],
  removed: [],
});

/** Everything that a projection or a screen can read of what a checkpoint stores. */
function everything(env: string) {
  const { reader } = store;
  const state = reader.portfolioState(env);
  return {
    state,
    community: reader.communityHistory(env, 0, 1e9, 'USD'),
    timelines: state.portfolios.map(({ slug }) => reader.timeline(env, slug, 1_000, null)),
    values: state.portfolios.map(({ slug }) => reader.portfolioHistory(env, slug, 0, 1e9, 'USD')),
  };
}

describe('Writer.checkpoint', () => {
  it('gives back the state it was given', () => {
    const quote = {
      source: 'nats',
      symbol: 'AAPL',
      currency: 'EUR',
      price: 150.25,
      changePercent: null,
      occurredAt: 5,
      day: 0,
      dayOpen: 149.5,
      dayOpenAt: 1,
    };
    store.writer.checkpoint(
      makeCheckpoint('dev', 12, {
        portfolios: [portfolio('one'), portfolio('two')],
        quotes: [quote],
        values: [60_000, 120_000].map((minute) => ({ slug: 'one', minute, value: minute / 100, cost: -1 })),
        community: [{ minute: 120_000, value: 7, cost: 5, portfolioCount: 2 }],
        communityEvents: [{ id: 3, at: 30, slug: 'one', change: 'opted_in' }],
      }),
    );
    expect(store.reader.portfolioState('dev')).toEqual({
      batch: 12,
      portfolios: [portfolio('one'), portfolio('two')],
      quotes: [quote],
      communityEvents: [{ id: 3, at: 30, slug: 'one', change: 'opted_in' }],
      lastMinute: 120_000,
      sparks: [
        {
          slug: 'one',
          points: [
            { minute: 60_000, value: 600 },
            { minute: 120_000, value: 1_200 },
          ],
        },
        { slug: 'two', points: [] },
      ],
    });
  });

  it('replaces a portfolio, a quote and a minute that come again', () => {
    const value = { slug: 'one', minute: 60_000, value: 1, cost: 1 };
    store.writer.checkpoint(makeCheckpoint('dev', 1, { portfolios: [portfolio('one')], values: [value] }));
    store.writer.checkpoint(
      makeCheckpoint('dev', 2, { portfolios: [portfolio('one', 9)], values: [{ ...value, value: 4 }] }),
    );
    expect(store.reader.portfolioState('dev').portfolios).toEqual([portfolio('one', 9)]);
    expect(store.reader.portfolioHistory('dev', 'one', 0, 60_000, 'USD')).toEqual([
      {
        at: '1970-01-01T00:01:00.000Z',
        value: { amount: '0.04', currency: 'USD' },
        cost: { amount: '0.01', currency: 'USD' },
      },
    ]);
  });

  it('keeps environments apart', () => {
    store.writer.checkpoint(makeCheckpoint('dev', 1, { portfolios: [portfolio('one')] }));
    store.writer.checkpoint(makeCheckpoint('prod', 2, { portfolios: [portfolio('one', 5)] }));
    store.writer.checkpoint(makeCheckpoint('dev', 3, { forgets: [{ slug: 'one', id: 5, receivedAt: 9 }] }));
    expect(store.reader.portfolioState('dev').portfolios).toEqual([]);
    expect(store.reader.portfolioState('prod').portfolios).toEqual([portfolio('one', 5)]);
  });

  it('forgets before it stores, so that a new opt-in starts a new history', () => {
    const communityEvents = [{ id: 1, at: 1, slug: 'one', change: 'opted_in' as const }];
    store.writer.checkpoint(
      makeCheckpoint('dev', 1, {
        portfolios: [portfolio('one')],
        values: [{ slug: 'one', minute: 60_000, value: 1, cost: 1 }],
        timeline: [entry('one', 1)],
        communityEvents,
      }),
    );
    store.writer.checkpoint(
      makeCheckpoint('dev', 2, {
        forgets: [{ slug: 'one', id: 5, receivedAt: 9 }],
        portfolios: [portfolio('one', 2)],
        timeline: [entry('one', 7)],
      }),
    );
    const { reader } = store;
    expect(reader.portfolioState('dev').portfolios).toEqual([portfolio('one', 2)]);
    expect(reader.portfolioState('dev').communityEvents).toEqual([{ ...communityEvents[0], slug: null }]);
    expect(reader.portfolioHistory('dev', 'one', 0, 1e9, 'USD')).toEqual([]);
    expect(reader.timeline('dev', 'one', 10, null).items.map(({ added }) => added)).toEqual([['S7']]);
  });

  it('keeps nothing about a slug that is not shared', () => {
    store.writer.checkpoint(
      makeCheckpoint('dev', 1, {
        values: [{ slug: 'nobody', minute: 60_000, value: 1, cost: 1 }],
        timeline: [entry('nobody', 1)],
        communityEvents: [{ id: 1, at: 1, slug: 'nobody', change: 'opted_out' }],
      }),
    );
    expect(store.reader.timeline('dev', 'nobody', 10, null).items).toEqual([]);
    expect(store.reader.portfolioState('dev').communityEvents).toEqual([
      { id: 1, at: 1, slug: null, change: 'opted_out' },
    ]);
  });

  it('keeps the newest 1,000 entries of a timeline and 200 public changes', () => {
    const ids = Array.from({ length: 1_010 }, (_, index) => index + 1);
    store.writer.checkpoint(
      makeCheckpoint('dev', 1, {
        portfolios: [portfolio('one'), portfolio('two')],
        timeline: [...ids.map((id) => entry('one', id)), entry('two', 1)],
        communityEvents: ids.slice(0, 205).map((id) => ({ id, at: id, slug: 'one', change: 'opted_in' })),
      }),
    );
    const newest = store.reader.timeline('dev', 'one', 600, null);
    const oldest = store.reader.timeline('dev', 'one', 600, newest.next_cursor);
    expect(newest.items[0]?.added).toEqual(['S1010']);
    expect(oldest.items).toHaveLength(400);
    expect(oldest.items.at(-1)?.added).toEqual(['S11']);
    expect(store.reader.timeline('dev', 'two', 10, null).items).toHaveLength(1);
    expect(store.reader.portfolioState('dev').communityEvents.map(({ id }) => id)).toEqual(ids.slice(5, 205));
  });

  it('refuses a checkpoint that lies before the stored one', () => {
    store.writer.checkpoint(makeCheckpoint('dev', 8));
    expect(() => store.writer.checkpoint(makeCheckpoint('dev', 7))).toThrow(/batch 7 lies before .* batch 8/);
    expect(store.reader.portfolioState('dev').batch).toBe(8);
  });

  it('may be stored again and changes nothing, whatever is in it', () => {
    const slug = fc.constantFrom('one', 'two', 'three');
    const time = fc.integer({ min: 1, max: 20 });
    const changes = fc.record({
      forgets: fc.array(fc.record({ slug, id: time, receivedAt: time }), { maxLength: 2 }),
      portfolios: fc.array(
        slug.map((name) => portfolio(name)),
        { maxLength: 3 },
      ),
      values: fc.array(
        fc.record({ slug, minute: time.map((n) => n * 60_000), value: fc.integer(), cost: fc.integer() }),
        { maxLength: 8 },
      ),
      timeline: fc.array(
        fc.tuple(slug, time).map(([name, id]) => entry(name, id)),
        { maxLength: 8 },
      ),
      communityEvents: fc.array(
        fc.record({ id: time, at: time, slug, change: fc.constant('opted_in' as const) }),
        { maxLength: 5 },
      ),
    });
    let run = 0;
    fc.assert(
      fc.property(fc.array(changes, { minLength: 1, maxLength: 5 }), (all) => {
        const env = `run-${(run += 1)}`;
        const checkpoints: PortfolioCheckpoint[] = all.map((part, index) =>
          makeCheckpoint(env, index + 1, part),
        );
        for (const checkpoint of checkpoints) {
          store.writer.checkpoint(checkpoint);
          const once = everything(env);
          store.writer.checkpoint(checkpoint);
          expect(everything(env)).toEqual(once);
        }
      }),
      { numRuns: 40 },
    );
  });
});
