import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, startOfDay } from '../day.ts';
import type { EnvironmentRuntime } from '../environment-runtime.ts';
import { feed, price, RuntimeFixture, START, type Message } from '../testing/runtime-fixture.ts';

let fixture: RuntimeFixture;

beforeEach(async () => {
  fixture = await RuntimeFixture.open();
});

afterEach(() => fixture.close());

const activity = (user: string, type: string): Message => ['activity.recorded', { user, type }];
const event = (type: string, value?: number): Message => ['analytics.event', { type, value }];
const MIXED = [
  activity('ann', 'task_created'),
  price('SYM1', 10),
  event('purchase', 12.5),
  event('page_view'),
  activity('bob', 'task_created'),
];

const counted = ({ events }: EnvironmentRuntime) => {
  const { events_per_second: _rate, ...figures } = events.analytics.figures('start', fixture.clock.now());
  return { activity: events.activity.total, newestAt: events.activity.newestAt, figures };
};
const storedActivity = () => {
  const today = startOfDay(START);
  return fixture.store.screens.activityDays('dev', today, today + DAY_MS, 10);
};

describe('activity and analytics of an environment', () => {
  it('are counted as they are committed, and the same after a restart', async () => {
    const first = await fixture.runtime('dev');
    await feed(first, fixture.clock, MIXED);
    const before = counted(first);
    expect(before).toMatchObject({ activity: 2, figures: { processed: 2, value: { sum: 12.5 } } });
    expect(fixture.told.filter((told) => told === 'dev events')).toHaveLength(1);
    await first.stop();
    const second = await fixture.runtime('dev');
    expect(counted(second)).toEqual(before);
    await second.stop();
  });

  it('that were stored before anything counted them are counted at the next start, and stored as counts', async () => {
    const refused = { now: true };
    const why = () => (refused.now ? 'no such table' : null);
    fixture.refuse('activityCheckpoint', why);
    fixture.refuse('analyticsCheckpoint', why);
    const older = await fixture.runtime('dev');
    for (let round = 0; round < 5; round++) await feed(older, fixture.clock, MIXED);
    const before = counted(older);
    await older.stop();
    expect((await storedActivity()).days).toEqual([]);
    refused.now = false;
    const newer = await fixture.runtime('dev');
    expect(counted(newer)).toEqual(before);
    await newer.events.activityStored();
    expect((await storedActivity()).users).toEqual([
      { user: 'ann', events: 5 },
      { user: 'bob', events: 5 },
    ]);
    await newer.stop();
  });

  it('say that they are stored only when they are, and then all of them', async () => {
    let reason: string | null = 'disk full';
    fixture.refuse('activityCheckpoint', () => reason);
    const runtime = await fixture.runtime('dev');
    await feed(runtime, fixture.clock, [activity('ann', 'a')]);
    await expect(runtime.events.activityStored()).rejects.toMatchObject({ code: 'unavailable' });
    expect(fixture.failures).toContainEqual(['activity of dev', 'disk full']);
    await feed(runtime, fixture.clock, [activity('ann', 'a')]);
    reason = null;
    await runtime.events.activityStored();
    expect((await storedActivity()).users).toEqual([{ user: 'ann', events: 2 }]);
    await runtime.stop();
  });

  it('show the newest of them since the start', async () => {
    const runtime = await fixture.runtime('dev');
    await feed(runtime, fixture.clock, MIXED);
    const { activity: done, analytics } = runtime.events.tails;
    expect(done.newest(undefined).map(({ user }) => user)).toEqual(['bob', 'ann']);
    expect(analytics.newest('purchase')).toMatchObject([{ type: 'purchase', value: 12.5, source: 'nats' }]);
    await runtime.stop();
  });
});
