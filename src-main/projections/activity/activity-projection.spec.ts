import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  OTHER_NAME,
  type ActivityCheckpoint,
  type ActivityState,
} from '../../../src-contract/activity-store.ts';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { ActivityProjection, MAX_ACTIVITY_TYPES } from './activity-projection.ts';

/** 21 November 2026, 09:30:00 UTC. */
const START = Date.UTC(2026, 10, 21, 9, 30);
const QUARTER = 15 * 60_000;
const DAY = 24 * 60 * 60_000;
const TODAY = Date.UTC(2026, 10, 21);

function activity(at: number, body: { user?: string; type?: string } | null = {}): JournalEvent {
  return {
    id: 1,
    kind: EVENT_KINDS['activity.recorded'],
    source: 'http',
    occurredAt: at,
    receivedAt: at,
    body: body === null ? null : { user: 'ada', type: 'task_created', ...body },
  };
}

/** A store that merges checkpoints as the contract says. */
class StoreModel {
  batch = 0;
  newestAt: number | null = null;
  readonly quarters = new Map<string, number>();
  readonly users = new Map<string, number>();

  write(checkpoint: ActivityCheckpoint | null): void {
    if (checkpoint === null) return;
    this.batch = checkpoint.batch;
    this.newestAt = checkpoint.newestAt;
    for (const { start, type, events } of checkpoint.quarters) add(this.quarters, `${start} ${type}`, events);
    for (const { day, user, events } of checkpoint.users) add(this.users, `${day} ${user}`, events);
  }

  state(): ActivityState {
    const days = new Map<number, string[]>();
    for (const key of this.users.keys()) {
      const day = Number(key.slice(0, key.indexOf(' ')));
      days.set(day, [...(days.get(day) ?? []), key.slice(key.indexOf(' ') + 1)]);
    }
    return {
      batch: this.batch,
      types: [...new Set([...this.quarters.keys()].map((key) => key.slice(key.indexOf(' ') + 1)))],
      users: [...days].map(([day, names]) => ({ day, names })),
      total: [...this.quarters.values()].reduce((sum, events) => sum + events, 0),
      newestAt: this.newestAt,
    };
  }
}

function add(counts: Map<string, number>, key: string, events: number): void {
  counts.set(key, (counts.get(key) ?? 0) + events);
}

function projectionOf(store: StoreModel = new StoreModel()): ActivityProjection {
  return new ActivityProjection({ env: 'demo', state: store.state() });
}

describe('ActivityProjection', () => {
  it('counts by quarter of an hour and type, and by UTC day and user', () => {
    const projection = projectionOf();
    projection.apply(3, [
      activity(START),
      activity(START + QUARTER - 1, { user: 'bob' }),
      activity(START + QUARTER, { type: 'login' }),
      activity(START - DAY, { type: 'login' }),
    ]);
    expect([projection.total, projection.newestAt]).toEqual([4, START + QUARTER]);
    expect(projection.takeCheckpoint()).toEqual({
      env: 'demo',
      batch: 3,
      quarters: [
        { start: START - DAY, type: 'login', events: 1 },
        { start: START, type: 'task_created', events: 2 },
        { start: START + QUARTER, type: 'login', events: 1 },
      ],
      users: [
        { day: TODAY - DAY, user: 'ada', events: 1 },
        { day: TODAY, user: 'ada', events: 2 },
        { day: TODAY, user: 'bob', events: 1 },
      ],
      newestAt: START + QUARTER,
    });
    expect(projection.takeCheckpoint()).toBeNull();
  });

  it('passes over other kinds, redacted bodies and batches that it has seen', () => {
    const projection = projectionOf();
    projection.apply(2, [
      activity(START, null),
      { ...activity(START), kind: EVENT_KINDS['analytics.event'], body: { type: 'login' } },
    ]);
    projection.apply(2, [activity(START)]);
    expect([projection.batch, projection.total, projection.newestAt]).toEqual([2, 0, null]);
    expect(projection.takeCheckpoint()).toMatchObject({ batch: 2, quarters: [], users: [] });
  });

  it('counts types beyond the cap as others, also after a restart', () => {
    const store = new StoreModel();
    const first = projectionOf(store);
    first.apply(
      1,
      Array.from({ length: MAX_ACTIVITY_TYPES + 5 }, (_, index) => activity(START, { type: `t${index}` })),
    );
    store.write(first.takeCheckpoint());
    expect(store.quarters.get(`${START} ${OTHER_NAME}`)).toBe(5);
    const second = projectionOf(store);
    second.apply(2, [activity(START, { type: 't3' }), activity(START, { type: 'new' })]);
    store.write(second.takeCheckpoint());
    expect(store.quarters.get(`${START} t3`)).toBe(2);
    expect(store.quarters.get(`${START} ${OTHER_NAME}`)).toBe(6);
    expect(store.quarters.size).toBe(MAX_ACTIVITY_TYPES + 1);
  });

  it('asks for a checkpoint before counts pile up', () => {
    const projection = projectionOf();
    let batch = 0;
    while (!projection.full) {
      batch += 1;
      projection.apply(
        batch,
        Array.from({ length: 1000 }, (_, index) => activity(START, { user: `u${batch * 1000 + index}` })),
      );
    }
    expect(batch).toBe(20);
    projection.takeCheckpoint();
    expect(projection.full).toBe(false);
  });

  it('comes to the same after any batches, checkpoints and restarts as in a process that never stopped', () => {
    const event = fc.record({
      at: fc.nat({ max: 5 * DAY }).map((ms) => START - ms),
      user: fc.constantFrom('ada', 'bob', 'eve', OTHER_NAME),
      type: fc.constantFrom('login', 'task_created', OTHER_NAME),
      cut: fc.constantFrom('none', 'batch', 'checkpoint', 'death'),
    });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const [often, once] = [new StoreModel(), new StoreModel()];
        let projection = projectionOf(often);
        const batches: JournalEvent[][] = [[]];
        for (const { at, cut, ...body } of events) {
          batches.at(-1)?.push(activity(at, body));
          if (cut === 'none') continue;
          projection.apply(batches.length, batches.at(-1) ?? []);
          if (cut === 'checkpoint') often.write(projection.takeCheckpoint());
          if (cut === 'death') {
            projection = projectionOf(often);
            for (const [index, batch] of batches.entries()) projection.apply(index + 1, batch);
          }
          batches.push([]);
        }
        projection.apply(batches.length, batches.at(-1) ?? []);
        often.write(projection.takeCheckpoint());
        const straight = projectionOf(once);
        straight.apply(batches.length, batches.flat());
        once.write(straight.takeCheckpoint());
        expect(new Map([...often.quarters].sort())).toEqual(new Map([...once.quarters].sort()));
        expect(new Map([...often.users].sort())).toEqual(new Map([...once.users].sort()));
        expect([projection.total, projection.newestAt]).toEqual([straight.total, straight.newestAt]);
      }),
    );
  });
});
