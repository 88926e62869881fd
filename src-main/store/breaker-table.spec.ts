import { beforeEach, describe, expect, it } from 'vitest';
import { toTimestamp } from '../../src-contract/timestamp.ts';
import { openForWriting } from './database.ts';
import { databaseFile } from './prepare-database.ts';
import type { StoreFixture } from './testing/store-fixture.ts';
import { testStore } from './testing/test-store.ts';

let store: StoreFixture;

beforeEach(() => {
  store = testStore();
});

/** Stores changes that are written as `closed>open`, at these times. */
function record(changes: readonly [at: number, change: string][], env = 'demo'): number[] {
  return changes.map(([at, change]) => {
    const [from = '', to = ''] = change.split('>');
    return store.writer.breakerTransition(env, { at, from, to, reason: `at ${at}` });
  });
}

const spans = (from: number, to: number, limit = 1_000) =>
  store.reader.breakerSpans('demo', from, to, limit).map((span) => ({
    from: Date.parse(span.from),
    to: span.to === null ? null : Date.parse(span.to),
    reason: span.reason,
  }));

describe('Writer.breakerTransition', () => {
  it('gives rising ids, by which the newest come first', () => {
    const ids = record([
      [10, 'closed>open'],
      [20, 'open>half_open'],
    ]);
    record([[15, 'closed>isolated']], 'dev');
    expect(store.reader.breakerTransitions('demo', 10)).toEqual([
      { id: ids[1], at: toTimestamp(20), from: 'open', to: 'half_open', reason: 'at 20' },
      { id: ids[0], at: toTimestamp(10), from: 'closed', to: 'open', reason: 'at 10' },
    ]);
    expect(store.reader.breakerTransitions('demo', 1)).toHaveLength(1);
    expect(store.reader.breakerTransitions('prod', 1)).toEqual([]);
  });

  it('keeps the newest 10,000 of an environment', () => {
    record([[1, 'closed>open']], 'dev');
    record([[1, 'closed>open']]);
    const db = openForWriting(databaseFile(store.folder));
    db.exec(`WITH RECURSIVE time(value) AS (SELECT 2 UNION ALL SELECT value + 1 FROM time WHERE value < 10000)
      INSERT INTO breaker_transition (env, at, from_state, to_state, reason)
      SELECT e.id, value, 'open', 'half_open', '' FROM time, environment e WHERE e.name = 'demo'`);
    db.close();
    record([
      [10_001, 'half_open>open'],
      [10_002, 'open>half_open'],
    ]);
    const kept = store.reader.breakerTransitions('demo', 20_000);
    expect(kept).toHaveLength(10_000);
    expect(kept.at(-1)?.at).toBe(toTimestamp(3));
    expect(store.reader.breakerTransitions('dev', 10)).toHaveLength(1);
  });
});

describe('Reader.breakerSpans', () => {
  it('are from leaving closed to coming back, with the first reason', () => {
    record([
      [10, 'closed>open'],
      [20, 'open>half_open'],
      [25, 'half_open>open'],
      [30, 'open>half_open'],
      [40, 'half_open>closed'],
      [70, 'closed>isolated'],
    ]);
    expect(spans(0, 100)).toEqual([
      { from: 10, to: 40, reason: 'at 10' },
      { from: 70, to: null, reason: 'at 70' },
    ]);
  });

  it('are those that touch the period, the newest of them', () => {
    for (const at of [100, 200, 300]) {
      record([
        [at, 'closed>open'],
        [at + 50, 'open>closed'],
      ]);
    }
    expect(spans(150, 300).map(({ from }) => from)).toEqual([200]);
    expect(spans(149, 301).map(({ from }) => from)).toEqual([100, 200, 300]);
    expect(spans(0, 1_000, 2).map(({ from }) => from)).toEqual([200, 300]);
  });

  it('end with the last that is known when the app ended meanwhile', () => {
    record([
      [10, 'closed>open'],
      [20, 'open>half_open'],
      [90, 'closed>open'],
      [95, 'open>closed'],
    ]);
    expect(spans(0, 100).map(({ from, to }) => [from, to])).toEqual([
      [10, 20],
      [90, 95],
    ]);
  });
});
