import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../../src-contract/event-kinds.ts';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { START, analyticsEvent, analyticsProjection } from './testing/analytics-fixture.ts';
import { AnalyticsStoreModel } from './testing/analytics-store-model.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A projection that has seen one batch. */
function after(events: readonly JournalEvent[], now: number = START) {
  const projection = analyticsProjection({ now });
  projection.apply(1, events);
  return projection;
}

describe('AnalyticsProjection', () => {
  it('says nothing of an environment without events', () => {
    const projection = analyticsProjection({ now: START });
    expect(projection.figures('start', START)).toEqual({
      window: 'start',
      from: null,
      as_of: '2026-11-21T09:30:00.000Z',
      processed: 0,
      total: 0,
      events_per_second: 0,
      value: { count: 0, sum: null, average: null, min: null, max: null },
      top_types: [],
      types: { known: 0, cap: 1000, other: 0, frequent: [] },
      users: { distinct: 0, error_percent: 1.625 },
    });
    expect(projection.series('start', START)).toEqual([]);
    expect(projection.takeCheckpoint()).toBeNull();
  });

  it('adds values up exactly, and leaves those without one out of the average', () => {
    const values = [0.1, 0.2, 0.3, -5, 1e12, undefined, 4e12];
    const projection = after(
      values.map((value) => analyticsEvent(START, value === undefined ? {} : { value })),
    );
    expect(projection.figures('1m', START)).toMatchObject({
      total: 7,
      value: { count: 5, sum: 999_999_999_995.6, average: 199_999_999_999.12, min: -5, max: 1e12 },
    });
  });

  it('counts an event in every window that it occurred in, to the bucket', () => {
    const ages = [0, 55 * SECOND, 61 * SECOND, 4 * MINUTE, 14 * MINUTE, 59 * MINUTE, 20 * HOUR, 300 * HOUR];
    const projection = after(ages.map((age) => analyticsEvent(START - age, {})));
    const totals = (['1m', '5m', '15m', '1h', '24h', 'start'] as const).map(
      (window) => projection.figures(window, START).total,
    );
    expect(totals).toEqual([2, 4, 5, 6, 7, 8]);
    expect(projection.processed).toBe(8);
    expect(projection.figures('1m', START).from).toBe('2026-11-21T09:29:05.000Z');
    expect(projection.figures('start', START).from).toBe('2026-11-08T21:00:00.000Z');
  });

  it('shows an event of a clock that is ahead as soon as its time comes', () => {
    const clock = { now: START };
    const projection = analyticsProjection(clock);
    projection.apply(1, [analyticsEvent(START + 2 * MINUTE, { user_id: 'ada' })]);
    expect(projection.figures('1m', START)).toMatchObject({ processed: 1, total: 0 });
    clock.now += 2 * MINUTE;
    expect(projection.figures('1m', clock.now)).toMatchObject({ total: 1, users: { distinct: 1 } });
  });

  it('forgets what is too old for a window without being told', () => {
    const clock = { now: START };
    const projection = analyticsProjection(clock);
    projection.apply(1, [analyticsEvent(START, { user_id: 'ada', value: 3 })]);
    clock.now += 90 * MINUTE;
    expect(projection.figures('1h', clock.now)).toMatchObject({ total: 0, users: { distinct: 0 } });
    expect(projection.figures('24h', clock.now)).toMatchObject({
      total: 1,
      value: { sum: 3 },
      users: { distinct: 1 },
    });
  });

  it('says the same sum after a restart, however its parts were carried', () => {
    const store = new AnalyticsStoreModel();
    const events = [{ value: -999_990.481596 }, { value: 999_999.36147 }].map((body) =>
      analyticsEvent(START, body),
    );
    const before = analyticsProjection({ now: START }, store);
    before.apply(1, events);
    expect(before.figures('1h', START).value.sum).toBe(8.879874);
    store.write(before.takeCheckpoint());
    const restarted = analyticsProjection({ now: START }, store);
    expect(restarted.figures('1h', START).value).toEqual(before.figures('1h', START).value);
  });

  it('passes over other kinds, redacted bodies and batches that it has seen', () => {
    const event = analyticsEvent(START, {});
    const projection = after([
      event,
      analyticsEvent(START, null),
      { ...event, kind: EVENT_KINDS['activity.recorded'], body: { user: 'ada', type: 'login' } },
    ]);
    projection.apply(1, [event, event]);
    expect([projection.batch, projection.processed]).toEqual([1, 1]);
    projection.apply(2, [event]);
    expect([projection.batch, projection.processed]).toEqual([2, 2]);
  });

  it('names the most frequent types of a window first, with their share and average', () => {
    const types = [...Array<string>(6).fill('page_view'), ...Array<string>(3).fill('purchase'), 'conversion'];
    const projection = after(types.map((type, index) => analyticsEvent(START, { type, value: index })));
    expect(projection.figures('5m', START).top_types).toEqual([
      { type: 'page_view', count: 6, share: 0.6, average: 2.5, exact: true },
      { type: 'purchase', count: 3, share: 0.3, average: 7, exact: true },
      { type: 'conversion', count: 1, share: 0.1, average: 9, exact: true },
    ]);
  });

  it('counts distinct users of the last minute, hour, day and ever', () => {
    const users = [0, 30, 20 * 60, 300 * 60, 3000 * 60].flatMap((seconds, index) => [
      analyticsEvent(START - seconds * SECOND, { user_id: `u${index}` }),
      analyticsEvent(START - seconds * SECOND, { user_id: 'everywhere' }),
      analyticsEvent(START - seconds * SECOND, { user_id: '' }),
    ]);
    const projection = after(users);
    const distinct = (['1m', '1h', '24h', 'start'] as const).map(
      (window) => projection.figures(window, START).users.distinct,
    );
    expect(distinct).toEqual([3, 4, 5, 6]);
  });

  it('tells events a second over the last five whole seconds, by when they were received', () => {
    const late = analyticsEvent(START - HOUR, {});
    const projection = after(Array<JournalEvent>(50).fill({ ...late, receivedAt: START - SECOND }));
    expect(projection.eventsPerSecond(START)).toBe(10);
    expect(projection.figures('1m', START + 3 * SECOND).events_per_second).toBe(10);
    expect(projection.eventsPerSecond(START + 5 * SECOND)).toBe(0);
  });

  it('holds a checkpoint only of what came since the one before', () => {
    const projection = after([analyticsEvent(START, { user_id: 'ada' })]);
    expect(projection.takeCheckpoint()).toMatchObject({
      env: 'demo',
      batch: 1,
      rollups: { count: 5 },
      types: [{ type: 2, name: 'page_view' }],
      users: [{ hour: START - 30 * MINUTE }],
      frequent: null,
      recent: [{ minute: START }],
    });
    expect(projection.takeCheckpoint()).toBeNull();
    projection.apply(2, [analyticsEvent(START, null)]);
    expect(projection.takeCheckpoint()).toMatchObject({
      batch: 2,
      rollups: { count: 0 },
      types: [],
      users: [],
      everUsers: null,
      recent: [],
    });
  });

  it('asks for a checkpoint before events of ever-new times pile up', () => {
    const projection = analyticsProjection({ now: START });
    let batch = 0;
    while (!projection.full) {
      batch += 1;
      const events = Array.from({ length: 1000 }, (_, index) =>
        analyticsEvent(START - (batch * 1000 + index) * 7 * MINUTE, {}),
      );
      projection.apply(batch, events);
    }
    expect(batch).toBeLessThanOrEqual(20);
    const store = new AnalyticsStoreModel();
    store.write(projection.takeCheckpoint());
    expect(projection.full).toBe(false);
    expect(store.rows('1s').length).toBe(batch * 1000);
  });
});
