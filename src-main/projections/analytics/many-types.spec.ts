import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../../src-contract/journal.ts';
import { START, analyticsEvent, analyticsProjection } from './testing/analytics-fixture.ts';
import { AnalyticsStoreModel } from './testing/analytics-store-model.ts';

const TYPES = 100_000;
const BATCH = 1000;

/** 100,000 types once each, among them three that come often: one from the first event on, two when all numbers are taken. */
function* hostileEvents(): Generator<JournalEvent> {
  for (let index = 0; index < TYPES; index += 1) {
    const at = START + Math.floor(index / 1000) * 100;
    yield analyticsEvent(at, { type: `once-${index}`, value: 1 });
    if (index % 10 === 0) yield analyticsEvent(at, { type: 'early', value: 2 });
    if (index > 20_000 && index % 20 === 0) yield analyticsEvent(at, { type: 'late' });
    if (index > 60_000 && index % 25 === 0) yield analyticsEvent(at, { type: 'later' });
  }
}

function applied(checkpointEvery: number) {
  const clock = { now: START };
  const store = new AnalyticsStoreModel();
  const projection = analyticsProjection(clock, store);
  let batch = 0;
  let events: JournalEvent[] = [];
  for (const event of hostileEvents()) {
    events.push(event);
    if (events.length < BATCH) continue;
    clock.now = event.occurredAt;
    projection.apply((batch += 1), events);
    events = [];
    if (batch % checkpointEvery === 0) store.write(projection.takeCheckpoint());
  }
  projection.apply(batch + 1, events);
  store.write(projection.takeCheckpoint());
  return { projection, store, now: clock.now };
}

describe('a hundred thousand types', () => {
  const { projection, store, now } = applied(10);
  const figures = projection.figures('start', now);

  it('are 1,000 with a number, and others counted together', () => {
    expect(figures.types).toMatchObject({ known: 1000, cap: 1000 });
    expect(figures.total).toBe(TYPES + 10_000 + 3999 + 1599);
    // Of the named ones 999 came once, and one is the frequent early one.
    expect(figures.types.other).toBe(figures.total - 999 - 10_000);
  });

  it('leave the top type right, with its exact count', () => {
    expect(figures.top_types[0]).toMatchObject({ type: 'early', count: 10_000, average: 2 });
  });

  it('are among the top types, with what they have at least', () => {
    const late = figures.top_types.find(({ type }) => type === 'late');
    const sketched = figures.types.frequent.find(({ type }) => type === 'late');
    expect(late).toMatchObject({ exact: false, count: (sketched?.count ?? 0) - (sketched?.error ?? 0) });
    expect(figures.top_types.map(({ type }) => type).slice(0, 3)).toEqual(['early', 'late', 'later']);
  });

  it('leave those found that began when all numbers were taken', () => {
    const [first, second] = figures.types.frequent;
    expect([first?.type, second?.type]).toEqual(['late', 'later']);
    for (const [found, count] of [
      [first, 3999],
      [second, 1599],
    ] as const) {
      expect(found?.count).toBeGreaterThanOrEqual(count);
      expect((found?.count ?? 0) - (found?.error ?? 0)).toBeLessThanOrEqual(count);
      expect(found?.error).toBeLessThanOrEqual(figures.types.other / 1000);
    }
  });

  it('take no more rows than types that have a number, and a sketch of bounded size', () => {
    expect(store.types).toHaveLength(1000);
    for (const level of ['15m', '1h', '1d'] as const) expect(store.rows(level)).toHaveLength(1001);
    expect(store.state(now).frequent?.byteLength).toBeLessThan(50_000);
  });

  it('come to the same after a restart', () => {
    const rebuilt = analyticsProjection({ now }, store);
    for (const window of ['1m', '1h', 'start'] as const) {
      const of = (one: typeof projection) => ({ ...one.figures(window, now), events_per_second: 0 });
      expect(of(rebuilt)).toEqual(of(projection));
    }
  });
});
