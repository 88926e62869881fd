import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROLLUP_LEVELS, type RollupLevelName } from '../../../src-contract/analytics-store.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import type { AnalyticsProjection } from './analytics-projection.ts';
import { sumUp } from './event-sums.ts';
import type { Shard, ShardListener } from './shard-pool.ts';
import { START, analyticsEvent, analyticsProjection } from './testing/analytics-fixture.ts';
import { AnalyticsStoreModel } from './testing/analytics-store-model.ts';

const LEVELS = Object.keys(ROLLUP_LEVELS) as RollupLevelName[];

/** Shards that answer when they are told to, in whatever order. */
class SlowShards {
  readonly started: { listener: ShardListener; answers: (() => void)[]; stopped: boolean }[] = [];

  readonly start = (listener: ShardListener): Shard => {
    const one = { listener, answers: [] as (() => void)[], stopped: false };
    this.started.push(one);
    return {
      send: (job, columns) => one.answers.push(() => listener.onSums(job, sumUp(structuredClone(columns)))),
      stop: () => {
        one.stopped = true;
        return Promise.resolve();
      },
    };
  };

  /** One of the answers that are due comes. */
  answer(which: number): void {
    const due = this.started.filter(({ answers }) => answers.length > 0);
    due[which % Math.max(1, due.length)]?.answers.shift()?.();
  }

  fail(which: number): void {
    const one = this.started[which % this.started.length];
    one?.answers.splice(0);
    one?.listener.onFailure(new Error('out of memory'));
  }
}

const event = fc.record({
  age: fc.oneof(fc.nat({ max: 30_000 }), fc.nat({ max: 40 * 60 * 60_000 })),
  type: fc.oneof(fc.constantFrom('page_view', 'purchase'), fc.nat({ max: 5000 }).map(String)),
  value: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: undefined }),
  user: fc.option(fc.nat({ max: 50 }).map(String), { nil: undefined }),
});
const batches = fc.array(fc.array(event, { maxLength: 8 }), { minLength: 1, maxLength: 30 });
/** What happens after each batch: so many answers come, from one or another, a shard fails, a checkpoint is taken. */
const after = fc.array(
  fc.record({
    answers: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
    fails: fc.nat({ max: 30 }),
    checkpoint: fc.boolean(),
  }),
  { minLength: 30, maxLength: 30 },
);

function journal(
  happened: { age: number; type: string; value?: number; user?: string }[][],
): JournalEvent[][] {
  return happened.map((events) =>
    events.map(({ age, type, value, user }) =>
      analyticsEvent(START - age, {
        type,
        ...(value === undefined ? {} : { value }),
        ...(user === undefined ? {} : { user_id: user }),
      }),
    ),
  );
}

/** What is shown; the rate of receipt is of this process only. */
function shown(projection: AnalyticsProjection): unknown[] {
  return (['1m', '1h', '24h', 'start'] as const).map((window) => [
    { ...projection.figures(window, START), events_per_second: 0 },
    projection.series(window, START),
  ]);
}

describe('analytics with shards', () => {
  it('are equal to those without, whichever shard answers first or fails, and after a restart', async () => {
    await fc.assert(
      fc.asyncProperty(batches, after, fc.integer({ min: 1, max: 4 }), async (happened, script, count) => {
        const all = journal(happened as { age: number; type: string }[][]);
        const one = analyticsProjection({ now: START });
        const slow = new SlowShards();
        const store = new AnalyticsStoreModel();
        const sharded = analyticsProjection({ now: START }, store);
        await sharded.useShards(count, () => undefined, slow.start);
        for (const [index, events] of all.entries()) {
          one.apply(index + 1, events);
          sharded.apply(index + 1, events);
          const { answers, fails, checkpoint } = script[index] ?? {
            answers: [],
            fails: 9,
            checkpoint: false,
          };
          for (const which of answers) slow.answer(which);
          if (fails < count) slow.fail(fails);
          if (checkpoint) store.write(sharded.takeCheckpoint());
        }
        const restarted = analyticsProjection({ now: START }, store);
        for (const [index, events] of all.entries()) restarted.apply(index + 1, events);
        await sharded.useShards(0, () => undefined);
        expect(sharded.batch).toBe(all.length);
        expect(shown(sharded)).toEqual(shown(one));
        expect(shown(restarted)).toEqual(shown(one));
        store.write(sharded.takeCheckpoint());
        const plain = new AnalyticsStoreModel();
        plain.write(one.takeCheckpoint());
        for (const level of LEVELS) expect(store.rows(level)).toEqual(plain.rows(level));
        expect(store.types).toEqual(plain.types);
      }),
      { numRuns: 60 },
    );
  });

  it('apply a batch when its sums are back, in the order of batches', async () => {
    const slow = new SlowShards();
    const projection = analyticsProjection({ now: START });
    await projection.useShards(2, () => undefined, slow.start);
    projection.apply(1, [analyticsEvent(START, {})]);
    projection.apply(2, [analyticsEvent(START, {})]);
    expect([projection.batch, projection.takeCheckpoint()]).toEqual([0, null]);
    slow.answer(1);
    expect(projection.batch).toBe(0);
    slow.answer(0);
    expect([projection.batch, projection.processed]).toEqual([2, 2]);
  });

  it('hold a batch of many events together, though it is summed up in parts', async () => {
    const slow = new SlowShards();
    const projection = analyticsProjection({ now: START });
    await projection.useShards(2, () => undefined, slow.start);
    projection.apply(1, Array<JournalEvent>(25_000).fill(analyticsEvent(START, { value: 1 })));
    slow.answer(0);
    slow.answer(0);
    expect([projection.batch, projection.processed]).toEqual([0, 0]);
    slow.answer(0);
    expect([projection.batch, projection.processed]).toEqual([1, 25_000]);
  });

  it('are summed up here when shards are too far behind, or have all failed', async () => {
    const slow = new SlowShards();
    const failures: string[] = [];
    const projection = analyticsProjection({ now: START });
    await projection.useShards(2, ({ message }) => failures.push(message), slow.start);
    for (let batch = 1; batch <= 100; batch += 1) projection.apply(batch, [analyticsEvent(START, {})]);
    expect(projection.batch).toBe(100 - 64);
    slow.fail(0);
    slow.fail(1);
    slow.fail(1);
    expect([projection.batch, projection.processed, failures.length]).toEqual([100, 100, 2]);
    projection.apply(101, [analyticsEvent(START, {})]);
    expect(projection.batch).toBe(101);
    expect(slow.started.length).toBe(2);
  });

  it('are stopped when others are used instead, and none of their work is lost', async () => {
    const slow = new SlowShards();
    const projection = analyticsProjection({ now: START });
    await projection.useShards(3, () => undefined, slow.start);
    projection.apply(1, [analyticsEvent(START, {})]);
    await projection.useShards(0, () => undefined);
    expect([projection.batch, slow.started.map(({ stopped }) => stopped)]).toEqual([1, [true, true, true]]);
    slow.answer(0);
    expect(projection.processed).toBe(1);
  });
});
