import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  ALL_TYPES,
  OTHER_TYPES,
  ROLLUP_MS,
  type RollupLevelName,
  type RollupRecord,
} from '../../src-contract/analytics-store.ts';
import { openForReading } from './database.ts';
import { databaseFile } from './prepare-database.ts';
import { makeAnalyticsCheckpoint, type TestRollup } from './testing/events.ts';
import type { StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

const MINUTE = ROLLUP_MS['1m'];
const HOUR = ROLLUP_MS['1h'];
const DAY = ROLLUP_MS['1d'];

let store: StoreFixture;

beforeEach(() => {
  store = testStore();
});

function merge(rows: readonly TestRollup[], batch = 1, env = 'dev'): void {
  store.writer.analyticsCheckpoint(makeAnalyticsCheckpoint(env, batch, rows));
}

function buckets(level: RollupLevelName, type: number | null, limit = 2_000, from = 0, to = 1e15) {
  return store.reader.rollups({ env: 'dev', level, from, to, type }, limit);
}

/** A sum in millionths: two ways to carry the same sum are the same. */
const exact = ({ units, micros }: Pick<RollupRecord, 'units' | 'micros'>): bigint =>
  BigInt(units) * 1_000_000n + BigInt(micros);

describe('Writer.analyticsCheckpoint', () => {
  it('adds counts and sums, takes the extremes, and makes the buckets of all types', () => {
    merge([
      { start: MINUTE, type: 2, events: 3, valued: 2, units: 5, micros: 600_000, min: 1.5, max: 4.1 },
      { start: MINUTE, type: 3, events: 4, valued: 1, units: -7, micros: -500_000, min: -7.5, max: -7.5 },
      { start: MINUTE, type: OTHER_TYPES, events: 1 },
    ]);
    merge([
      { start: MINUTE, type: 2, events: 1, valued: 1, micros: 700_000, min: 0.7, max: 0.7 },
      { start: MINUTE, type: 3, events: 1 },
    ]);
    const [two] = buckets('1m', 2);
    expect(two).toEqual({
      start: MINUTE,
      type: 2,
      events: 4,
      valued: 3,
      units: 6,
      micros: 300_000,
      min: 0.7,
      max: 4.1,
    });
    expect(buckets('1m', 3)).toMatchObject([{ events: 5, valued: 1, min: -7.5, max: -7.5 }]);
    const [all] = buckets('1m', null);
    expect(all).toMatchObject({ start: MINUTE, type: ALL_TYPES, events: 10, valued: 4, min: -7.5, max: 4.1 });
    expect(exact(all!)).toBe(-1_200_000n);
  });

  it('keeps sums exact that no 64-bit integer holds in millionths', () => {
    const rows = [2, 3, 4].map((type) => ({
      start: 0,
      type,
      events: 9e6,
      valued: 9e6,
      units: 3e18,
      micros: 1,
    }));
    for (let times = 0; times < 20; times += 1) merge(rows);
    const db = openForReading(databaseFile(store.folder));
    const row = db.prepare('SELECT trillions, units, micros FROM event_total').get();
    db.close();
    expect(row).toEqual({ trillions: 180_000_000, units: 0, micros: 60 });
    expect(buckets('1m', null)).toMatchObject([{ units: 1.8e20, micros: 60 }]);
  });

  it('refuses seconds of one type, longer buckets of all, and levels that there are not', () => {
    expect(() => merge([{ level: '1s', type: 2 }])).toThrow(/seconds are of all types/);
    expect(() => merge([{ level: '1h', type: ALL_TYPES }])).toThrow(/seconds are of all types/);
    const checkpoint = makeAnalyticsCheckpoint('dev', 1, [{ level: '1m' }]);
    checkpoint.rollups.level[0] = 6;
    expect(() => store.writer.analyticsCheckpoint(checkpoint)).toThrow(
      'rollups have the levels 1 to 5, not 6',
    );
    expect(() => merge([], 0)).not.toThrow();
    merge([], 2);
    expect(() => merge([], 1)).toThrow(/lies before the stored one/);
  });

  it('comes to the same in any slicing and order as in one merge', () => {
    const row = fc.record({
      level: fc.constantFrom<RollupLevelName>('1s', '1m', '15m', '1d'),
      start: fc.nat(3).map((n) => n * DAY),
      type: fc.integer({ min: 1, max: 4 }),
      events: fc.integer({ min: 1, max: 9 }),
      values: fc.array(fc.integer({ min: -(2 ** 50), max: 2 ** 50 }), { maxLength: 2 }),
    });
    const toRollup = ({
      level,
      type,
      values,
      events,
      start,
    }: typeof row extends fc.Arbitrary<infer R> ? R : never) => ({
      level,
      start,
      type: level === '1s' ? ALL_TYPES : type,
      events: events + values.length,
      valued: values.length,
      units: values.reduce((sum, value) => sum + Math.trunc(value / 1e6), 0),
      micros: values.reduce((sum, value) => sum + (value % 1e6), 0),
      min: values.length === 0 ? 0 : Math.min(...values),
      max: values.length === 0 ? 0 : Math.max(...values),
    });
    const slices = fc.array(fc.array(row.map(toRollup), { maxLength: 60 }), { minLength: 1, maxLength: 6 });
    let run = 0;
    const read = (env: string) => {
      const all = (['1s', '1m', '15m', '1d'] as const).flatMap((level) =>
        [null, 1, 2, 3, 4].flatMap((type) =>
          store.reader.rollups({ env, level, from: 0, to: 1e15, type }, 100),
        ),
      );
      return all.map(({ units, micros, ...rest }) => ({ ...rest, sum: exact({ units, micros }) }));
    };
    fc.assert(
      fc.property(slices, (parts) => {
        run += 1;
        for (const part of parts) merge(part, 1, `sliced-${run}`);
        merge(parts.toReversed().flat(), 1, `whole-${run}`);
        expect(read(`sliced-${run}`)).toEqual(read(`whole-${run}`));
        const days = read(`whole-${run}`).filter(({ type }) => type === ALL_TYPES).length;
        expect(days).toBe(new Set(parts.flat().map(({ level, start }) => `${level} ${start}`)).size);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

describe('Reader.rollups', () => {
  it('gives the newest buckets that have events, oldest first, of one type or of all', () => {
    merge([1, 2, 5, 9].map((minute) => ({ start: minute * MINUTE, type: 2 + (minute % 2) })));
    const starts = (type: number | null, ...rest: [number?, number?, number?]) =>
      buckets('1m', type, ...rest).map(({ start }) => start / MINUTE);
    expect(starts(null)).toEqual([1, 2, 5, 9]);
    expect(starts(null, 2)).toEqual([5, 9]);
    expect(starts(3, 2)).toEqual([5, 9]);
    expect(starts(2)).toEqual([2]);
    expect(starts(null, 10, 2 * MINUTE, 9 * MINUTE)).toEqual([2, 5]);
    expect(store.reader.rollups({ env: 'prod', level: '1m', from: 0, to: 1e15, type: null }, 10)).toEqual([]);
  });
});

describe('Reader.analyticsState', () => {
  it('gives back what the projection starts from, as far back as it needs it', () => {
    const now = 500 * DAY;
    const starts = (level: RollupLevelName, ...ago: number[]): TestRollup[] =>
      ago.map((time) => ({ level, start: now - time }));
    store.writer.analyticsCheckpoint(
      makeAnalyticsCheckpoint(
        'dev',
        4,
        [
          ...starts('1s', 20 * MINUTE, MINUTE),
          ...starts('1m', 70 * MINUTE, MINUTE),
          ...starts('15m', 26 * HOUR, HOUR),
          ...starts('1h', 402 * HOUR, 26 * HOUR, HOUR),
          ...starts('1d', 402 * DAY, DAY),
        ],
        {
          types: [{ type: 2, name: 'page_view' }],
          users: [now - 26 * HOUR, now - HOUR].map((hour) => ({ hour, registers: Buffer.from([1, 2]) })),
          everUsers: Buffer.from([7]),
          recent: [1, 2].map((minute) => ({ minute, state: Buffer.from([minute]) })),
        },
      ),
    );
    const more = {
      users: [{ hour: now - HOUR, registers: Buffer.from([9]) }],
      frequent: Buffer.from([8]),
      recent: [{ minute: 3, state: Buffer.from([3]) }],
      recentFrom: 2,
    };
    store.writer.analyticsCheckpoint(makeAnalyticsCheckpoint('dev', 5, [], more));
    const state = store.reader.analyticsState('dev', now);
    const agoOf = (records: RollupRecord[]) => records.map(({ start }) => now - start);
    expect(state).toMatchObject({
      batch: 5,
      types: [{ type: 2, name: 'page_view' }],
      everUsers: Buffer.from([7]),
      frequent: Buffer.from([8]),
      first: now - 402 * HOUR,
      ever: [{ type: 2, events: 2 }],
      users: [{ hour: now - HOUR, registers: Buffer.from([9]) }],
      recent: [
        { minute: 2, state: Buffer.from([2]) },
        { minute: 3, state: Buffer.from([3]) },
      ],
    });
    expect(agoOf(state.overall['1s'])).toEqual([MINUTE]);
    expect(agoOf(state.overall['15m'])).toEqual([HOUR]);
    expect(agoOf(state.overall['1h'])).toEqual([26 * HOUR, HOUR]);
    expect(agoOf(state.overall['1d'])).toEqual([DAY]);
    expect(agoOf(state.minutes)).toEqual([MINUTE]);
    expect(agoOf(state.hours)).toEqual([HOUR]);
  });

  it('is empty where nothing was stored', () => {
    expect(store.reader.analyticsState('nowhere', 1)).toEqual({
      batch: 0,
      types: [],
      everUsers: null,
      frequent: null,
      first: null,
      ever: [],
      overall: { '1s': [], '15m': [], '1h': [], '1d': [] },
      minutes: [],
      hours: [],
      users: [],
      recent: [],
    });
  });
});
