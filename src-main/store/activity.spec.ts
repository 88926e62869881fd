import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActivityCheckpoint } from '../../src-contract/activity-store.ts';
import { ROLLUP_MS } from '../../src-contract/analytics-store.ts';
import { unpackDayUsers } from './day-users.ts';
import { makeActivityCheckpoint } from './testing/events.ts';
import type { StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

const QUARTER = ROLLUP_MS['15m'];
const DAY = ROLLUP_MS['1d'];

let store: StoreFixture;

beforeEach(() => {
  store = testStore();
});

function merge(changes: Partial<ActivityCheckpoint>, env = 'dev', batch = 1): void {
  store.writer.activityCheckpoint(makeActivityCheckpoint(env, batch, changes));
}

describe('activity', () => {
  it('adds up by quarter and type, by day and type, and by day and user', () => {
    merge({
      quarters: [
        { start: DAY, type: 'login', events: 2 },
        { start: DAY, type: 'export', events: 1 },
        { start: DAY + QUARTER, type: 'login', events: 4 },
      ],
      users: [
        { day: DAY, user: 'ann', events: 3 },
        { day: DAY, user: 'bob', events: 4 },
      ],
      newestAt: DAY + QUARTER + 7,
    });
    merge({
      quarters: [
        { start: DAY + QUARTER, type: 'login', events: 1 },
        { start: 3 * DAY, type: 'login', events: 5 },
      ],
      users: [
        { day: DAY, user: 'ann', events: 1 },
        { day: 3 * DAY, user: 'cleo', events: 5 },
      ],
      newestAt: 3 * DAY + 9,
    });
    expect(store.reader.activityQuarters('dev', DAY, 3 * DAY)).toEqual([
      { start: DAY, events: 3 },
      { start: DAY + QUARTER, events: 5 },
    ]);
    expect(store.reader.activityDays('dev', DAY, 3 * DAY, 10)).toEqual({
      days: [
        { day: DAY, type: 'export', events: 1 },
        { day: DAY, type: 'login', events: 7 },
      ],
      users: [
        { user: 'ann', events: 4 },
        { user: 'bob', events: 4 },
      ],
    });
    expect(store.reader.activityState('dev', 2 * DAY)).toEqual({
      batch: 1,
      types: ['export', 'login'],
      users: [{ day: 3 * DAY, names: ['cleo'] }],
      total: 13,
      newestAt: 3 * DAY + 9,
    });
  });

  it('names the most active users, by name where they are equal', () => {
    const users = ['eve', 'bob', 'dan', 'ann', 'cleo'].map((user) => ({ day: 0, user, events: 2 }));
    merge({ users: [...users, { day: DAY, user: 'dan', events: 1 }] });
    const top = (count: number) =>
      store.reader.activityDays('dev', 0, 2 * DAY, count).users.map(({ user }) => user);
    expect(top(3)).toEqual(['dan', 'ann', 'bob']);
    expect(top(9)).toEqual(['dan', 'ann', 'bob', 'cleo', 'eve']);
    expect(top(0)).toEqual([]);
  });

  it('names the first by name of very many that are equal', () => {
    const users = Array.from({ length: 2_500 }, (_, user) => ({
      day: 0,
      user: `user ${9_999 - user}`,
      events: 1,
    }));
    merge({ users: [...users, { day: 0, user: 'user 9000', events: 1 }] });
    expect(store.reader.activityDays('dev', 0, DAY, 3).users).toEqual([
      { user: 'user 9000', events: 2 },
      { user: 'user 7500', events: 1 },
      { user: 'user 7501', events: 1 },
    ]);
  });

  it('keeps environments apart, and is empty where nothing was stored', () => {
    merge(
      { users: [{ day: 0, user: 'ann', events: 1 }], quarters: [{ start: 0, type: 'a', events: 1 }] },
      'prod',
    );
    expect(store.reader.activityDays('dev', 0, DAY, 5)).toEqual({ days: [], users: [] });
    expect(store.reader.activityQuarters('dev', 0, DAY)).toEqual([]);
    merge({ users: [{ day: 0, user: 'ann', events: 2 }] });
    expect(store.reader.activityDays('dev', 0, DAY, 5).users).toEqual([{ user: 'ann', events: 2 }]);
    expect(store.reader.activityDays('prod', 0, DAY, 5).users).toEqual([{ user: 'ann', events: 1 }]);
    expect(store.reader.activityState('nowhere', 0)).toEqual({
      batch: 0,
      types: [],
      users: [],
      total: 0,
      newestAt: null,
    });
  });

  it('refuses a checkpoint that lies before the stored one', () => {
    merge({}, 'dev', 2);
    expect(() => merge({ newestAt: 1 }, 'dev', 1)).toThrow(/lies before the stored one/);
    expect(store.reader.activityState('dev', 0).newestAt).toBeNull();
  });

  it('comes to the same in any slicing and order as in one merge', () => {
    const entry = fc.record({
      at: fc.nat(5).map((n) => n * 50 * QUARTER),
      type: fc.constantFrom('a', 'b'),
      user: fc.constantFrom('ann', 'bob', 'cleo'),
      events: fc.integer({ min: 1, max: 2 ** 40 }),
    });
    const toChanges = (entries: readonly (typeof entry extends fc.Arbitrary<infer E> ? E : never)[]) => ({
      quarters: entries.map(({ at, type, events }) => ({ start: at, type, events })),
      users: entries.map(({ at, user, events }) => ({ day: Math.floor(at / DAY) * DAY, user, events })),
    });
    let run = 0;
    fc.assert(
      fc.property(fc.array(fc.array(entry, { maxLength: 12 }), { maxLength: 6 }), (slices) => {
        run += 1;
        for (const slice of slices) merge(toChanges(slice), `sliced-${run}`);
        merge(toChanges(slices.toReversed().flat()), `whole-${run}`);
        const read = (env: string) => ({
          days: store.reader.activityDays(env, 0, 1e12, 10),
          some: store.reader.activityDays(env, DAY, 2 * DAY, 2),
          quarters: store.reader.activityQuarters(env, 0, 1e12),
        });
        expect(read(`sliced-${run}`)).toEqual(read(`whole-${run}`));
        const total = slices.flat().reduce((sum, { events }) => sum + events, 0);
        const counted = read(`whole-${run}`).days;
        expect(counted.days.reduce((sum, { events }) => sum + events, 0)).toBe(total);
        expect(counted.users.reduce((sum, { events }) => sum + events, 0)).toBe(total);
      }),
      { numRuns: 30 },
    );
  });

  it('knows a blob of users that is none', () => {
    expect(() => unpackDayUsers(new Uint8Array(13))).toThrow('users of a day take 12 bytes each');
  });
});
