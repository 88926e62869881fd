import { describe, expect, it } from 'vitest';
import { ROLLUP_MS, type RollupLevelName } from '../../src-contract/analytics-store.ts';
import { openForReading } from './database.ts';
import { databaseFile } from './prepare-database.ts';
import { makeActivityCheckpoint, makeAnalyticsCheckpoint } from './testing/events.ts';
import { makeFolder, openFixture, type StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

const HOUR = ROLLUP_MS['1h'];
const DAY = ROLLUP_MS['1d'];

describe('Writer.retainRollups', () => {
  const LIMITS = [
    { level: '1s' as const, maxAgeMs: 2 * DAY },
    { level: '1m' as const, maxAgeMs: 90 * DAY },
  ];
  const NOW = 500 * DAY;

  it('deletes what is past its level, of all environments, and keeps the longer ones', () => {
    const store = testStore();
    for (const env of ['dev', 'prod']) {
      const starts = [NOW - 91 * DAY, NOW - 89 * DAY, NOW - DAY];
      const rows = (['1s', '1m', '15m', '1h', '1d'] as const).flatMap((level) =>
        starts.map((start) => ({ level, start })),
      );
      store.writer.analyticsCheckpoint(
        makeAnalyticsCheckpoint(env, 1, rows, {
          users: [NOW - 27 * HOUR, NOW].map((hour) => ({ hour, registers: Buffer.from([1]) })),
        }),
      );
    }
    // Of each: two seconds, a minute of all types and of one, a sketch.
    expect(retainAll(store, 3)).toBe(10);
    const count = (level: RollupLevelName, type: number | null) =>
      store.reader.rollups({ env: 'dev', level, from: 0, to: 1e15, type }, 100).length;
    expect([
      count('1s', null),
      count('1m', null),
      count('1m', 2),
      count('15m', 2),
      count('1d', null),
    ]).toEqual([1, 2, 2, 3, 3]);
    expect(retainAll(store, 3)).toBe(0);
    const db = openForReading(databaseFile(store.folder));
    const counted = db.prepare('SELECT rows FROM rollup_level ORDER BY level').pluck().all();
    db.close();
    expect(counted).toEqual([2, 8, 12, 12, 12]);
  });

  it('forgets users of days after 400 days, and quarters only where it is told to', () => {
    const store = testStore();
    const days = [NOW - 402 * DAY, NOW - 300 * DAY, NOW];
    const users = days.flatMap((day, index) =>
      ['always', `once ${index}`].map((user) => ({ day, user, events: 1 })),
    );
    const quarters = days.map((start) => ({ start, type: 'a', events: 2 }));
    store.writer.activityCheckpoint(makeActivityCheckpoint('dev', 1, { users, quarters }));
    // A day with its users, and who was active on no other.
    expect(retainAll(store, 10)).toBe(2);
    const { reader } = store;
    expect(reader.activityDays('dev', 0, 1e15, 9).users).toEqual([
      { user: 'always', events: 2 },
      { user: 'once 1', events: 1 },
      { user: 'once 2', events: 1 },
    ]);
    expect(reader.activityDays('dev', 0, 1e15, 9).days).toHaveLength(3);
    expect(reader.activityQuarters('dev', 0, 1e15)).toHaveLength(3);
    const limits = [
      { level: '15m' as const, maxAgeMs: 200 * DAY },
      { level: '1d' as const, maxAgeMs: 100 * DAY },
    ];
    expect(store.writer.retainRollups(limits, NOW, 100)).toBe(4);
    expect(reader.activityState('dev', 0).users).toEqual([{ day: NOW, names: ['always', 'once 2'] }]);
    expect(reader.activityQuarters('dev', 0, 1e15)).toHaveLength(1);
  });

  it('ends a slice after 20 ms, and goes on in the next', () => {
    let time = 0;
    const { folder, remove } = makeFolder();
    const slow = openFixture(folder, { monotonic: () => (time += 7) });
    const rows = Array.from({ length: 4_000 }, (_, index) => ({
      level: '1s' as const,
      start: index * 1_000,
    }));
    slow.writer.analyticsCheckpoint(makeAnalyticsCheckpoint('dev', 1, rows));
    const slice = slow.writer.retainRollups(LIMITS, NOW, 10_000);
    expect(slice).toBeGreaterThan(0);
    expect(slice).toBeLessThan(4_000);
    expect(slice + retainAll(slow, 10_000)).toBe(4_000);
    slow.close();
    remove();
  });

  function retainAll(of: StoreFixture, maxRows: number): number {
    let gone = 0;
    for (let slice = 1; slice > 0; gone += slice) slice = of.writer.retainRollups(LIMITS, NOW, maxRows);
    return gone;
  }
});
